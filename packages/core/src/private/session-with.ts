import { Failure } from '@parley/contracts'
import type { Person } from '../access/caller.ts'
import { sightOf } from '../access/sight.ts'
import type { Deps } from '../node/handler.ts'

/** The caller's private session with a person; null: there is none yet. A person whom the caller does not see is not found. */
export async function sessionWith(
  { store, settings }: Pick<Deps, 'store' | 'settings'>,
  caller: Person,
  friendId: string,
): Promise<string | null> {
  const sessionId = await store.privateSession(caller.userId, friendId)
  if (sessionId !== null) return sessionId
  const [friend] = await store.peopleById([friendId], sightOf(caller, settings), false)
  if (!friend) throw new Failure('not_found')
  return null
}
