import { z } from 'zod'
import type { User } from '../account.ts'
import { friendReject, friendUnblock } from '../friend.ts'
import { sessionRead, unread } from '../private.ts'
import { rest } from './define.ts'
import { wireFriend, wireFriendRequest, wireMessage, wireSession, wireUser } from './entities.ts'
import { toWireFriend, toWireFriendRequest, toWireMessage, toWireSession, toWireUser } from './spelling.ts'

const documented = true
const extra = false

const people = (users: User[]) => ({ data: users.map(toWireUser) })
const done = friendReject.output
const blocked = friendUnblock.output

/** §5: friends, and the private sessions with them. */
export const FRIENDS_ROUTES = [
  rest({
    method: 'GET',
    path: '/api/user/search',
    operation: 'user.search',
    answer: people,
    data: z.array(wireUser),
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/user/:userId',
    operation: 'user.public',
    answer: user => ({ data: toWireUser(user) }),
    data: wireUser,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/friend/request',
    operation: 'friend.request',
    answer: request => ({ data: toWireFriendRequest(request) }),
    data: wireFriendRequest,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/friend/accept/:friendId',
    operation: 'friend.accept',
    answer: friend => ({ data: toWireFriend(friend) }),
    data: wireFriend,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/friend/reject/:friendId',
    operation: 'friend.reject',
    data: done,
    documented,
  }),
  rest({
    method: 'DELETE',
    path: '/api/friend/request/:friendId',
    operation: 'friend.withdraw',
    data: done,
    documented: extra,
  }),
  rest({
    method: 'DELETE',
    path: '/api/friend/:friendId',
    operation: 'friend.remove',
    data: done,
    documented,
  }),
  rest({
    method: 'PUT',
    path: '/api/friend/:friendId/remark',
    operation: 'friend.remark',
    answer: friend => ({ data: toWireFriend(friend) }),
    data: wireFriend,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/friend/block/:userId',
    operation: 'friend.block',
    data: blocked,
    documented,
  }),
  rest({
    method: 'DELETE',
    path: '/api/friend/block/:userId',
    operation: 'friend.unblock',
    data: blocked,
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/friend/requests',
    operation: 'friend.requests',
    answer: requests => ({ data: requests.map(toWireFriendRequest) }),
    data: z.array(wireFriendRequest),
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/friend/sent',
    operation: 'friend.sent',
    answer: requests => ({ data: requests.map(toWireFriendRequest) }),
    data: z.array(wireFriendRequest),
    documented: extra,
  }),
  rest({
    method: 'GET',
    path: '/api/friend/list',
    operation: 'friend.list',
    answer: friends => ({ data: friends.map(toWireFriend) }),
    data: z.array(wireFriend),
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/friend/blocked',
    operation: 'friend.blocked',
    answer: people,
    data: z.array(wireUser),
    documented: extra,
  }),
  rest({
    method: 'GET',
    path: '/api/friend/search',
    operation: 'friend.find',
    answer: people,
    data: z.array(wireUser),
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/message/history/:friendId',
    operation: 'message.history',
    answer: page => ({ data: page.items.map(toWireMessage), pagination: page.pagination }),
    data: z.array(wireMessage),
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/message/read/:friendId',
    operation: 'session.read',
    data: sessionRead.output,
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/message/unread-count',
    operation: 'message.unread',
    data: unread,
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/message/conversations',
    operation: 'session.of-user',
    answer: page => ({ data: page.items.map(toWireSession), pagination: page.pagination }),
    data: z.array(wireSession),
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/message/recall/:messageId',
    operation: 'message.recall',
    answer: message => ({ data: toWireMessage(message) }),
    data: wireMessage,
    documented,
  }),
]
