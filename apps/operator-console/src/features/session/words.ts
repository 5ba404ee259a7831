import type { Me, Session } from '@parley/contracts'
import { visibleName } from '@parley/design/names'
import type { Texts } from '../../i18n/translate.ts'
import { fileWord } from '../message/index.ts'

/** Why an operator ends a session: a word on the wire, a sentence on the screen. */
export const END_REASONS = ['solved', 'no_reply', 'duplicate', 'spam', 'other'] as const
/** Why a visitor does, or the server when nobody is there any more. */
const OTHER_REASONS = ['left', 'abandoned'] as const
export type EndReason = (typeof END_REASONS)[number]

/** The last characters of an id tell two unnamed visitors apart. */
const MARK_LENGTH = 4

export const nameOf = (texts: Texts, session: Session): string =>
  visibleName(session.userName) ??
  visibleName(session.name) ??
  texts('session.visitor', { mark: (session.userId ?? session.id).slice(-MARK_LENGTH) })

/** Reasons that others have set are shown as they are. */
export function reasonText(texts: Texts, reason: string | null): string | null {
  if (reason === null || reason === '') return null
  const known = [...END_REASONS, ...OTHER_REASONS].find(one => one === reason)
  return known ? texts(`session.reason.${known}`) : reason
}

/** What the row of a session says about its last message. */
export function preview(texts: Texts, session: Session, me: Me | null): string {
  const message = session.lastMessage
  if (!message) return session.subject ?? texts('session.no_message')
  if (message.recalled) return texts('message.recalled')
  const text = message.text || fileWord(texts, message)
  return message.senderId === me?.id ? texts('session.you', { text }) : text
}

/** The page that the visitor writes from, where the widget has said so. */
export function pageOf(session: Session): string | null {
  const page = session.metadata?.['page']
  return typeof page === 'string' && page !== '' ? page : null
}

export const waitingSince = (session: Session): number =>
  Date.parse(session.waitingSince ?? session.createdAt)

export const matches = (texts: Texts, session: Session, search: string): boolean => {
  const wanted = search.trim().toLocaleLowerCase()
  const said = [
    nameOf(texts, session),
    session.subject,
    session.lastMessage?.text,
    session.operator?.name,
    session.id,
  ]
  return wanted === '' || said.some(text => text?.toLocaleLowerCase().includes(wanted))
}
