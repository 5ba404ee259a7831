import type { Session } from '@parley/contracts'
import type { Texts } from '../../i18n/texts.ts'

/** Somebody who had the session before its operator has no name here. */
export const senderName = (texts: Texts, senderId: string, session: Session | null): string =>
  session?.operator?.id === senderId ? session.operator.name : texts('message.support')
