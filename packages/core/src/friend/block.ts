import { Failure } from '@parley/contracts'
import { invalid } from '../access/invalid.ts'
import { accountOf } from '../access/person-of.ts'
import type { Handler } from '../node/handler.ts'

/** The blocked one is told nothing (F8). */
export const friendBlock: Handler<'friend.block'> = async ({ store }, { caller }, { userId: blockedId }) => {
  const { userId } = accountOf(caller)
  if (userId === blockedId) throw invalid('userId', 'must be another person')
  if (!(await store.block(userId, blockedId))) throw new Failure('not_found')
  return { userId: blockedId }
}

export const friendUnblock: Handler<'friend.unblock'> = async (
  { store },
  { caller },
  { userId: blockedId },
) => {
  await store.unblock(accountOf(caller).userId, blockedId)
  return { userId: blockedId }
}
