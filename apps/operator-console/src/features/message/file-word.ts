import type { Message } from '@parley/contracts'
import type { Texts } from '../../i18n/translate.ts'

type Described = Pick<Message, 'type' | 'file' | 'recalled'>

/** What a message without a text is called where only a line is shown. */
export function fileWord(texts: Texts, { type, file, recalled }: Described): string {
  if (recalled) return texts('message.recalled')
  if (type === 'image') return texts('file.picture')
  if (type === 'voice') return texts('file.voice')
  return file?.name ?? texts('message.file')
}
