import type { User } from '@parley/contracts'
import { accountOf } from '../access/person-of.ts'
import type { Handler } from '../node/handler.ts'
import type { Store } from '../ports/store.ts'
import { asSeen } from '../user/stranger.ts'
import { numberOf } from './number-of.ts'

/** A number has one account. */
const FOUND_MAX = 1

/** Friends and those whom the caller has blocked can't be asked, and aren't shown. */
export const friendFind: Handler<'friend.find'> = async (deps, context, input) => {
  const caller = accountOf(context.caller)
  const phone = numberOf(deps, input.phone)
  const found = await deps.store.findPeople({ phone }, caller.userId, FOUND_MAX)
  return asSeen(deps, caller, await askable(deps.store, caller.userId, found))
}

async function askable(store: Store, userId: string, found: readonly User[]): Promise<User[]> {
  if (found.length === 0) return []
  const known = await Promise.all([store.friendsOf(userId), store.blockedBy(userId)])
  const ids = new Set(known.flat().map(({ id }) => id))
  return found.filter(({ id }) => !ids.has(id))
}
