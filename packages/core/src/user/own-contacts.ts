import type { User } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import { seesContacts } from '../access/sight.ts'
import type { PeopleStore } from '../ports/store/people-store.ts'

/** People who were read without e-mail and phone: the caller, where it is among them, with its own (U2). */
export async function withOwnContacts(
  store: Pick<PeopleStore, 'peopleById'>,
  caller: Caller,
  people: readonly User[],
): Promise<User[]> {
  const ownId = caller.kind === 'person' && !seesContacts(caller) ? caller.userId : null
  if (ownId === null || !people.some(({ id }) => id === ownId)) return [...people]
  const [own] = await store.peopleById([ownId], { kind: 'peers', of: ownId }, true)
  return people.map(person => (person.id === ownId ? (own ?? person) : person))
}
