import type { User } from '@parley/contracts'
import type { Person } from '../access/caller.ts'
import { sightOf } from '../access/sight.ts'
import type { Deps } from '../node/handler.ts'

/** What anyone with an account may know of a person: its names and picture, not whether it is there (U1, U2). */
export const asStranger = (user: User): User => ({
  ...user,
  email: null,
  phone: null,
  status: 'offline',
  lastSeen: null,
})

/** Those whom the caller sees as it sees them, the others as strangers. */
export async function asSeen(
  { store, settings }: Pick<Deps, 'store' | 'settings'>,
  caller: Person,
  people: readonly User[],
): Promise<User[]> {
  if (people.length === 0) return []
  const ids = people.map(({ id }) => id)
  const seen = await store.peopleById(ids, sightOf(caller, settings), false)
  const byId = new Map(seen.map(person => [person.id, person]))
  return people.map(person => byId.get(person.id) ?? asStranger(person))
}
