import type { PersonStatus, User } from '@parley/contracts'
import { isConnected, isoTime, isoTimeOrNull, type PersonRow, type State } from './state.ts'

export const statusOfPerson = (state: State, { id, chosenPresence }: PersonRow): PersonStatus =>
  isConnected(state, id) ? (chosenPresence ?? 'online') : 'offline'

/** What is said of when somebody was there: nothing while it is (U5). */
export function presenceOf(state: State, person: PersonRow) {
  const status = statusOfPerson(state, person)
  return { status, lastSeen: status === 'offline' ? isoTimeOrNull(person.lastSeenAt) : null }
}

/** A person as others see it. */
export const toUser = (state: State, person: PersonRow, withContacts = false): User => ({
  id: person.id,
  username: person.username,
  realName: person.realName,
  nickname: person.nickname,
  email: withContacts ? person.email : null,
  phone: withContacts ? person.phone : null,
  avatar: person.avatar,
  role: person.role,
  ...presenceOf(state, person),
  isActive: person.isActive,
  createdAt: isoTime(person.createdAt),
  updatedAt: isoTime(person.updatedAt),
})
