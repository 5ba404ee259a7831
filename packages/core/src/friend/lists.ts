import { accountOf } from '../access/person-of.ts'
import type { Handler } from '../node/handler.ts'
import { asStranger } from '../user/stranger.ts'
import { ofStranger } from './ask.ts'

export const friendList: Handler<'friend.list'> = async ({ store }, { caller }) =>
  store.friendsOf(accountOf(caller).userId)

export const friendRequests: Handler<'friend.requests'> = async ({ store }, { caller }) =>
  (await store.requestsTo(accountOf(caller).userId)).map(ofStranger)

export const friendSent: Handler<'friend.sent'> = async ({ store }, { caller }) =>
  (await store.requestsFrom(accountOf(caller).userId)).map(ofStranger)

export const friendBlocked: Handler<'friend.blocked'> = async ({ store }, { caller }) =>
  (await store.blockedBy(accountOf(caller).userId)).map(asStranger)
