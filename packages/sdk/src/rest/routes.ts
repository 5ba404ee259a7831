import {
  fromWireFriend,
  fromWireFriendRequest,
  fromWireMessage,
  fromWireOperator,
  fromWireSession,
  fromWireUser,
  type WireFriend,
  type WireFriendRequest,
  type WireMessage,
  type WireOperator,
  type WireSession,
  type WireUser,
} from '@parley/contracts/spelling'
import type { Answer, Routes } from './route.ts'
import { message, opened, VISITOR_ROUTES } from './visitor-routes.ts'

type WireParticipant = { readonly user: WireUser }
const group = { name: 'sessionName', participantIds: 'participants' }

const operator = ({ data }: Answer) => fromWireOperator(data as WireOperator)
const operators = ({ data }: Answer) => (data as WireOperator[]).map(fromWireOperator)
const sessions = ({ data, pagination }: Answer) => ({
  items: (data as WireSession[]).map(fromWireSession),
  pagination,
})
const messages = ({ data }: Answer) => (data as WireMessage[]).map(fromWireMessage)
const messagePage = (answer: Answer) => ({ items: messages(answer), pagination: answer.pagination })
const session = ({ data }: Answer) => fromWireSession(data as WireSession)
const user = ({ data }: Answer) => fromWireUser(data as WireUser)
const users = ({ data }: Answer) => (data as WireUser[]).map(fromWireUser)
const userPage = (answer: Answer) => ({ items: users(answer), pagination: answer.pagination })
const saved = (answer: Answer) => ({ user: user(answer), created: answer.status === 201 })
const friend = ({ data }: Answer) => fromWireFriend(data as WireFriend)
const friends = ({ data }: Answer) => (data as WireFriend[]).map(fromWireFriend)
const friendRequest = ({ data }: Answer) => fromWireFriendRequest(data as WireFriendRequest)
const friendRequests = ({ data }: Answer) => (data as WireFriendRequest[]).map(fromWireFriendRequest)
const participants = ({ data, pagination }: Answer) => ({
  items: (data as WireParticipant[]).map(one => ({ ...one, user: fromWireUser(one.user) })),
  pagination,
})
const login = (answer: Answer) => {
  const pair = answer.data as { user: unknown }
  return { ...pair, user: user({ ...answer, data: pair.user }) }
}
const assigned = ({ data }: Answer) => {
  const answer = data as { session: WireSession; operator: WireOperator | null }
  return {
    session: fromWireSession(answer.session),
    operator: answer.operator && fromWireOperator(answer.operator),
  }
}

/** Every operation that has a REST route, without the contracts' Zod; a test compares it with their `REST`. */
export const ROUTES = {
  ...VISITOR_ROUTES,
  'root.get': { to: 'GET /' },
  'health.get': { to: 'GET /api/health', bare: true },
  'auth.login': { to: 'POST /api/auth/login', read: login, signsIn: true },
  'auth.send-code': { to: 'POST /api/auth/send-verification-code', signsIn: true },
  'auth.verify-code': { to: 'POST /api/auth/verify-code', read: login, signsIn: true },
  'auth.refresh': { to: 'POST /api/auth/refresh-token', read: login, signsIn: true },
  'auth.update-me': { to: 'PATCH /api/auth/me' },
  'auth.change-password': { to: 'POST /api/auth/change-password' },
  'console.sign-in': { to: 'POST /api/console/login', signsIn: true },
  'console.sign-out': { to: 'POST /api/console/logout' },
  'user.profile': { to: 'GET /api/user/profile', read: user },
  'user.update-profile': { to: 'PUT /api/user/profile', read: user },
  'user.set-nickname': { to: 'POST /api/user/nickname', read: user },
  'session.create': { to: 'POST /api/chat/sessions', read: opened },
  'session.active': { to: 'GET /api/chat/sessions/active', read: sessions },
  'session.history': { to: 'GET /api/chat/sessions/history', read: sessions },
  'message.send': {
    to: 'POST /api/chat/send-message/:sessionId',
    fields: { text: 'message', type: 'messageType' },
    read: message,
  },
  'message.read': { to: 'PUT /api/chat/messages/:messageId/read', read: message },
  'message.delete': { to: 'DELETE /api/chat/messages/:messageId', read: message },
  'message.forward': { to: 'POST /api/chat/messages/:messageId/forward', read: messages },
  'message.unread': { to: 'GET /api/message/unread-count' },
  'message.history': { to: 'GET /api/message/history/:friendId', read: messagePage },
  'message.search': { to: 'GET /api/chat/messages/search', read: messagePage },
  'session.of-user': { to: 'GET /api/message/conversations', read: sessions },
  'session.private': { to: 'POST /api/chat/sessions/private', read: opened },
  'session.group': { to: 'POST /api/chat/sessions/group', fields: group, read: session },
  'session.update': { to: 'PATCH /api/chat/sessions/:sessionId', fields: group, read: session },
  'session.participants': { to: 'GET /api/chat/sessions/:sessionId/participants', read: participants },
  'session.add-participants': {
    to: 'POST /api/chat/sessions/:sessionId/participants',
    read: session,
  },
  'session.remove-participant': {
    to: 'DELETE /api/chat/sessions/:sessionId/participants/:userId',
  },
  'session.read': { to: 'POST /api/message/read/:friendId' },
  'user.list': { to: 'GET /api/chat/users', read: userPage },
  'user.online': { to: 'GET /api/chat/users/online', read: users },
  'user.get': { to: 'GET /api/users/:userId', read: user },
  'user.save': { to: 'POST /api/users', read: saved },
  'user.public': { to: 'GET /api/user/:userId', read: user },
  'user.search': { to: 'GET /api/user/search', read: users },
  'user.set-avatar': { to: 'POST /api/user/avatar', read: user },
  'friend.request': { to: 'POST /api/friend/request', read: friendRequest },
  'friend.accept': { to: 'POST /api/friend/accept/:friendId', read: friend },
  'friend.reject': { to: 'POST /api/friend/reject/:friendId' },
  'friend.withdraw': { to: 'DELETE /api/friend/request/:friendId' },
  'friend.remove': { to: 'DELETE /api/friend/:friendId' },
  'friend.remark': { to: 'PUT /api/friend/:friendId/remark', read: friend },
  'friend.block': { to: 'POST /api/friend/block/:userId' },
  'friend.unblock': { to: 'DELETE /api/friend/block/:userId' },
  'friend.requests': { to: 'GET /api/friend/requests', read: friendRequests },
  'friend.sent': { to: 'GET /api/friend/sent', read: friendRequests },
  'friend.list': { to: 'GET /api/friend/list', read: friends },
  'friend.blocked': { to: 'GET /api/friend/blocked', read: users },
  'friend.find': { to: 'GET /api/friend/search', read: users },
  'stats.user': { to: 'GET /api/chat/stats/:userId' },
  'stats.desk': { to: 'GET /api/chat/stats' },
  'operator.list': { to: 'GET /api/operators', read: operators },
  'operator.online': { to: 'GET /api/operators/online', read: operators },
  'operator.available': { to: 'GET /api/operators/available', read: operators },
  'operator.create': { to: 'POST /api/operators', read: operator },
  'operator.update': { to: 'PATCH /api/operators/:operatorId', read: operator },
  'operator.set-status': { to: 'PUT /api/operators/:operatorId/status', read: operator },
  'operator.assign': { to: 'POST /api/operators/assign', read: assigned },
  'site.get': { to: 'GET /api/site' },
  'site.update': { to: 'PATCH /api/site' },
  'site.rotate-identity-secret': { to: 'POST /api/site/identity-secret' },
  'api-key.list': { to: 'GET /api/keys' },
  'api-key.create': { to: 'POST /api/keys' },
  'api-key.revoke': { to: 'DELETE /api/keys/:keyId' },
} as const satisfies Routes

export type RestOperation = keyof typeof ROUTES
