import { z } from 'zod'
import type { User } from '../account.ts'
import { participant, sessionRemove } from '../group.ts'
import type { Message } from '../message.ts'
import { unread } from '../private.ts'
import type { Session } from '../session.ts'
import { userStats } from '../stats.ts'
import { rest } from './define.ts'
import { wireMessage, wireSession, wireUser } from './entities.ts'
import { toWireMessage, toWireSession, toWireUser } from './spelling.ts'

const documented = true
const extra = false

const created = () => 201
const oneSession = (session: Session) => ({ data: toWireSession(session) })
const oneMessage = (message: Message) => ({ data: toWireMessage(message) })
const oneUser = (user: User) => ({ data: toWireUser(user) })
const userPage = (page: { items: User[]; pagination: unknown }) => ({
  data: page.items.map(toWireUser),
  pagination: page.pagination,
})
const group = { sessionName: 'name', participants: 'participantIds' }
const content = { content: 'text', messageType: 'type' }

/** §4: users, private and group sessions, messages. */
export const CHAT_ROUTES = [
  ...['/api/chat/users', '/api/users'].map(path =>
    rest({
      method: 'GET',
      path,
      operation: 'user.list',
      answer: userPage,
      data: z.array(wireUser),
      documented,
    }),
  ),
  rest({
    method: 'GET',
    path: '/api/chat/users/online',
    operation: 'user.online',
    answer: users => ({ data: users.map(toWireUser) }),
    data: z.array(wireUser),
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/users/:userId',
    operation: 'user.get',
    answer: oneUser,
    data: wireUser,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/users',
    operation: 'user.save',
    status: output => (output.created ? 201 : 200),
    statuses: [200, 201],
    answer: output => oneUser(output.user),
    data: wireUser,
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/chat/sessions/:userId',
    operation: 'session.of-user',
    answer: page => ({ data: page.items.map(toWireSession), pagination: page.pagination }),
    data: z.array(wireSession),
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/chat/sessions/private',
    operation: 'session.private',
    status: output => (output.created ? 201 : 200),
    statuses: [200, 201],
    answer: output => oneSession(output.session),
    data: wireSession,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/chat/sessions/group',
    operation: 'session.group',
    fields: group,
    status: created,
    statuses: [201],
    answer: oneSession,
    data: wireSession,
    documented,
  }),
  rest({
    method: 'PATCH',
    path: '/api/chat/sessions/:sessionId',
    operation: 'session.update',
    fields: group,
    answer: oneSession,
    data: wireSession,
    documented: extra,
  }),
  rest({
    method: 'GET',
    path: '/api/chat/sessions/:sessionId/participants',
    operation: 'session.participants',
    answer: page => ({
      data: page.items.map(one => ({ ...one, user: toWireUser(one.user) })),
      pagination: page.pagination,
    }),
    data: z.array(participant.extend({ user: wireUser })),
    documented: extra,
  }),
  rest({
    method: 'POST',
    path: '/api/chat/sessions/:sessionId/participants',
    operation: 'session.add-participants',
    answer: oneSession,
    data: wireSession,
    documented,
  }),
  rest({
    method: 'DELETE',
    path: '/api/chat/sessions/:sessionId/participants/:userId',
    operation: 'session.remove-participant',
    data: sessionRemove.output,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/chat/messages',
    operation: 'message.send',
    fields: content,
    values: { senderType: { agent: 'operator' } },
    status: created,
    statuses: [201],
    answer: oneMessage,
    data: wireMessage,
    documented,
  }),
  rest({
    method: 'PUT',
    path: '/api/chat/messages/:messageId/read',
    operation: 'message.read',
    answer: oneMessage,
    data: wireMessage,
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/chat/messages/unread/:userId',
    operation: 'message.unread',
    data: unread,
    documented,
  }),
  rest({
    method: 'DELETE',
    path: '/api/chat/messages/:messageId',
    operation: 'message.delete',
    answer: oneMessage,
    data: wireMessage,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/chat/messages/:messageId/reactions',
    operation: 'message.react',
    answer: oneMessage,
    data: wireMessage,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/chat/messages/:messageId/forward',
    operation: 'message.forward',
    status: created,
    statuses: [201],
    answer: messages => ({ data: messages.map(toWireMessage) }),
    data: z.array(wireMessage),
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/chat/stats/:userId',
    operation: 'stats.user',
    data: userStats,
    documented,
  }),
]
