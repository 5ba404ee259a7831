import { Failure } from '@parley/contracts'
import { accountOf } from '../access/person-of.ts'
import type { Handler } from '../node/handler.ts'
import { tellBefriended } from './announce.ts'

export const friendAccept: Handler<'friend.accept'> = async ({ store, bus }, { caller }, { friendId }) => {
  const { userId } = accountOf(caller)
  const pair = await store.accept(friendId, userId)
  const friend = pair?.friends.get(userId)
  if (!pair || !friend) throw new Failure('not_found')
  tellBefriended(bus, pair)
  return friend
}

/** The one who asked is told nothing (F5). */
export const friendReject: Handler<'friend.reject'> = async ({ store }, { caller }, { friendId }) => {
  if (!(await store.reject(friendId, accountOf(caller).userId))) throw new Failure('not_found')
  return { friendId }
}

export const friendWithdraw: Handler<'friend.withdraw'> = async ({ store }, { caller }, { friendId }) => {
  if (!(await store.withdraw(accountOf(caller).userId, friendId))) throw new Failure('not_found')
  return { friendId }
}
