import type { Session } from '@parley/contracts'
import { operatorName } from '../../i18n/operator-name.ts'
import type { Texts } from '../../i18n/texts.ts'

/** Somebody who had the session before its operator has no name here. */
export const senderName = (texts: Texts, senderId: string, session: Session | null): string =>
  session?.operator?.id === senderId ? operatorName(texts, session.operator) : texts('message.support')
