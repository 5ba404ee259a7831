import { fileKind } from '@parley/design/files'
import { visibleName } from '@parley/design/names'
import type { TimelineMessage } from '@parley/sdk'
import type { Texts } from '../../i18n/texts.ts'

/** What a file is called, or else what it is. */
export const fileName = (texts: Texts, message: Pick<TimelineMessage, 'type' | 'file'>): string =>
  visibleName(message.file?.name) ?? texts(`file.kind.${fileKind(message)}`)
