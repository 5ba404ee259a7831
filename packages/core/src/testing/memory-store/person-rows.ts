import { isStaff } from '@parley/contracts'
import type { PersonRow, State } from './state.ts'

type Known = Pick<PersonRow, 'id' | 'role'> & Partial<PersonRow>

/** A person of whom no more is known than this. */
export const newPerson = (state: State, known: Known): PersonRow => ({
  username: null,
  realName: null,
  nickname: null,
  email: null,
  phone: null,
  avatar: null,
  isActive: true,
  lastSeenAt: null,
  chosenPresence: null,
  locale: null,
  timeZone: null,
  createdAt: state.now(),
  updatedAt: state.now(),
  ...known,
})

/** Makes those whom nobody knows yet, as users (S11). */
export function makePeople(state: State, ids: readonly string[]): void {
  for (const id of ids) {
    if (!state.people.has(id)) state.people.set(id, newPerson(state, { id, role: 'user' }))
  }
}

/** What others call a person. */
export const nameOf = (person: PersonRow | undefined): string | null =>
  person?.realName ?? person?.nickname ?? null

/** A user or staff: not a visitor, not an automatic sender. */
export const hasAccount = ({ role }: PersonRow): boolean => role === 'user' || isStaff(role)
