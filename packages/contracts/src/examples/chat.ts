import { badIds, badOptionalIds, badPages } from './bad-values.ts'
import type { ExamplesOf, InvalidExample } from './define.ts'
import {
  friendId,
  group,
  ids,
  other,
  pagination,
  privateMessage,
  privateSession,
  times,
  user,
  userId,
} from './entities.ts'

const sessionId = ids.session
const withFriend = (examples: readonly InvalidExample[]): InvalidExample[] =>
  examples.map(({ payload, at }) => ({ payload: { friendId, ...(payload as object) }, at }))
const unread = { unreadCount: 3, sessions: { [sessionId]: 3 } }

export const chatExamples: ExamplesOf<
  | `session.${'private' | 'of-user' | 'read' | 'participants'}`
  | `message.${'history' | 'unread'}`
  | 'inbox.open'
  | 'stats.user'
> = {
  'session.private': {
    valid: [{ userId1: userId, userId2: friendId }],
    invalid: [
      ...badIds('userId1', { userId2: friendId }),
      ...badIds('userId2', { userId1: userId }),
      { payload: { userId1: userId, userId2: userId }, at: 'userId2' },
    ],
    output: { session: privateSession, created: true },
  },
  'session.of-user': {
    valid: [{ userId, page: 1, limit: 20 }, {}],
    invalid: [
      ...badOptionalIds('userId'),
      ...badPages.flatMap(({ payload, at }) => [
        { payload, at },
        { payload: { userId, ...(payload as object) }, at },
      ]),
    ],
    output: { items: [privateSession], pagination },
  },
  'session.read': {
    valid: [{ friendId }, { sessionId, messageId: ids.message }, { sessionId }],
    invalid: [
      { payload: {}, at: 'sessionId' },
      { payload: { sessionId, friendId }, at: 'sessionId' },
      ...badOptionalIds('friendId'),
      ...badOptionalIds('sessionId'),
      ...badOptionalIds('messageId', { friendId }),
    ],
    output: { sessionId, seq: 1, unreadCount: 0 },
  },
  'session.participants': {
    valid: [{ sessionId, page: 1, limit: 50 }, { sessionId }],
    invalid: badIds('sessionId'),
    output: {
      items: [
        { user, role: 'owner', joinedAt: times.created },
        { user: other, role: 'member', joinedAt: times.sent },
      ],
      pagination: { ...pagination, limit: 50, total: 2 },
    },
  },
  'message.history': {
    valid: [
      { friendId, limit: 50 },
      { friendId, beforeSeq: 40 },
    ],
    invalid: [
      ...badIds('friendId'),
      ...withFriend(badPages),
      { payload: { friendId, afterSeq: -1 }, at: 'afterSeq' },
    ],
    output: { items: [privateMessage], pagination: { ...pagination, limit: 50 } },
  },
  'message.unread': { valid: [{ userId }, {}], invalid: badOptionalIds('userId'), output: unread },
  'inbox.open': { valid: [{}], invalid: [], output: {} },
  'stats.user': {
    valid: [{ userId }],
    invalid: badIds('userId'),
    output: {
      totalSessions: 4,
      totalMessages: 90,
      sentMessages: 41,
      receivedMessages: 49,
      unreadMessages: 3,
      onlineUsers: 2,
    },
  },
}

export const groupExamples: ExamplesOf<`session.${'group' | 'update' | 'add-participants' | 'remove-participant'}`> =
  {
    'session.group': {
      valid: [
        { sessionName: 'Night shift', participants: [friendId], showsHistory: true },
        { sessionName: 'Night shift', participants: [userId, friendId], ownerId: userId },
      ],
      invalid: [
        { payload: { participants: [friendId] }, at: 'sessionName' },
        { payload: { sessionName: ' ', participants: [friendId] }, at: 'sessionName' },
        { payload: { sessionName: 'Night shift' }, at: 'participants' },
        { payload: { sessionName: 'Night shift', participants: [] }, at: 'participants' },
        { payload: { sessionName: 'Night shift', participants: friendId }, at: 'participants' },
        { payload: { sessionName: 'Night shift', participants: ['a/b'] }, at: 'participants.0' },
        {
          payload: { sessionName: 'Night shift', participants: Array(1001).fill(friendId) },
          at: 'participants',
        },
        {
          payload: { sessionName: 'Night shift', participants: [friendId], showsHistory: 'yes' },
          at: 'showsHistory',
        },
      ],
      output: group,
    },
    'session.update': {
      valid: [
        { sessionId, sessionName: 'Day shift' },
        { sessionId, showsHistory: false, ownerId: friendId },
      ],
      invalid: [
        ...badIds('sessionId', { sessionName: 'Day shift' }),
        { payload: { sessionId, sessionName: '' }, at: 'sessionName' },
        { payload: { sessionId, showsHistory: 1 }, at: 'showsHistory' },
        ...badOptionalIds('ownerId', { sessionId }),
      ],
      output: { ...group, name: 'Day shift' },
    },
    'session.add-participants': {
      valid: [{ sessionId, userIds: [friendId] }],
      invalid: [
        ...badIds('sessionId', { userIds: [friendId] }),
        { payload: { sessionId }, at: 'userIds' },
        { payload: { sessionId, userIds: [] }, at: 'userIds' },
        { payload: { sessionId, userIds: [7] }, at: 'userIds.0' },
      ],
      output: group,
    },
    'session.remove-participant': {
      valid: [{ sessionId, userId: friendId }],
      invalid: [...badIds('sessionId', { userId: friendId }), ...badIds('userId', { sessionId })],
      output: { sessionId, userId: friendId },
    },
  }
