import type { Me, Session } from '@parley/contracts'
import { visibleName } from '@parley/design/names'
import type { Chat } from '@parley/sdk'
import { useMe } from '@parley/sdk/react'
import type { Texts } from '../../i18n/translate.ts'
import { usePersons } from '../person/index.ts'
import { preview } from '../session/index.ts'

/** The name of a group, or of the other one; its id where nobody knows one. */
export const titleOf = ({ title, id }: Chat): string => visibleName(title) ?? id

/** What its row says of the last message; in a group, who said it. */
export function chatPreview(texts: Texts, session: Session, me: Me | null): string {
  const { lastMessage, people, type } = session
  const said = preview(texts, session, me)
  if (type !== 'group' || !lastMessage || lastMessage.recalled || lastMessage.senderId === me?.id) return said
  const from = visibleName(people.find(({ id }) => id === lastMessage.senderId)?.name)
  return from ? texts('message.announced', { from, text: said }) : said
}

const otherIn = ({ type, participants }: Session, me: Me | null): string | null =>
  type === 'private' ? (participants.find(userId => userId !== me?.id) ?? null) : null

/** What an open chat is called, and the other one of a private session, by id. */
export function useChatName(session: Session): { readonly name: string; readonly otherId: string | null } {
  const me = useMe()
  const otherId = otherIn(session, me)
  const persons = usePersons(otherId === null ? [] : [otherId], session.people)
  const name = otherId === null ? (visibleName(session.name) ?? session.id) : persons.name(otherId)
  return { name, otherId }
}
