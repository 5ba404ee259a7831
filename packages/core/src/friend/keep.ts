import { Failure } from '@parley/contracts'
import { invalid } from '../access/invalid.ts'
import { accountOf } from '../access/person-of.ts'
import type { Handler } from '../node/handler.ts'
import { tellParted } from './announce.ts'

export const friendRemove: Handler<'friend.remove'> = async ({ store, bus }, { caller }, { friendId }) => {
  const { userId } = accountOf(caller)
  if (!(await store.unfriend(userId, friendId))) throw new Failure('not_found')
  tellParted(bus, [userId, friendId])
  return { friendId }
}

export const friendRemark: Handler<'friend.remark'> = async ({ store }, { caller }, { friendId, remark }) => {
  const { userId } = accountOf(caller)
  if (remark === undefined) throw invalid('remark', 'is required')
  const friend = await store.remark(userId, friendId, remark)
  if (!friend) throw new Failure('not_found')
  return friend
}
