import type { User } from '../account.ts'
import type { Friend, FriendRequest } from '../friend.ts'
import type { Message } from '../message.ts'
import type { Operator } from '../operator.ts'
import type { Session } from '../session.ts'

export const ids = {
  session: '0193f2a1-7c4e-7b8a-9d21-5e0f6a7b8c9d',
  message: '0193f2a1-9a10-7e42-8b3c-1d2e3f4a5b6c',
  operator: '0193f29f-0001-7a5b-8c7d-9e8f7a6b5c4d',
  request: '0193f2a1-8b20-7c11-9a5d-6f7e8d9c0b1a',
  key: '0193f29e-5555-7a5b-8c7d-9e8f7a6b5c4d',
} as const

export const userId = 'customer-4711'
export const friendId = 'customer-4712'

export const times = {
  created: '2026-01-31T12:00:00.000Z',
  assigned: '2026-01-31T12:00:41.000Z',
  sent: '2026-01-31T12:01:05.120Z',
  ended: '2026-01-31T12:09:30.000Z',
} as const

/** In the shape of a JWT; it opens nothing. */
export const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjdXN0b21lci00NzExIn0.c2lnbmF0dXJl'
export const userHash = 'd2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26'

export const user: User = {
  id: userId,
  username: null,
  realName: 'Lin Wei',
  nickname: null,
  email: null,
  phone: null,
  avatar: null,
  role: 'user',
  status: 'online',
  lastSeen: times.sent,
  isActive: true,
  createdAt: times.created,
  updatedAt: times.created,
}

export const operator: Operator = {
  id: ids.operator,
  name: 'Ada',
  avatar: '/files/ada.png',
  status: 'online',
  isOnline: true,
  isActive: true,
  maxUsers: 2,
  activeUsers: [userId],
  activeSessions: 1,
  lastAssignedAt: times.assigned,
}

export const card = { id: operator.id, name: operator.name, avatar: operator.avatar }

export const message: Message = {
  id: ids.message,
  sessionId: ids.session,
  seq: 1,
  change: 2,
  clientMessageId: 'c-1',
  senderId: userId,
  senderType: 'user',
  receiverId: null,
  text: 'Where is my order #4711?',
  type: 'text',
  file: null,
  status: 'sent',
  readBy: [],
  readByCount: 0,
  replyTo: null,
  forwardedFrom: null,
  reactions: {},
  recalled: false,
  createdAt: times.sent,
  updatedAt: times.sent,
}

export const session: Session = {
  id: ids.session,
  siteId: 'default',
  type: 'support',
  name: null,
  subject: 'Order #4711',
  metadata: { page: '/orders/4711' },
  participants: [userId, ids.operator],
  people: [],
  ownerId: null,
  showsHistory: false,
  userId,
  userName: 'Lin Wei',
  userType: 'user',
  operatorId: ids.operator,
  operator: card,
  status: 'active',
  queuePosition: null,
  queueEstimate: null,
  unreadCount: 0,
  marks: [
    { userId, deliveredSeq: 1, readSeq: 1 },
    { userId: ids.operator, deliveredSeq: 1, readSeq: 0 },
  ],
  lastMessage: message,
  lastMessageAt: times.sent,
  lastSeq: 1,
  lastChange: 2,
  createdAt: times.created,
  updatedAt: times.sent,
  waitingSince: times.created,
  assignedAt: times.assigned,
  endedAt: null,
  endedBy: null,
  endReason: null,
}

export const waitingSession: Session = {
  ...session,
  participants: [userId],
  operatorId: null,
  operator: null,
  status: 'waiting',
  queuePosition: 3,
  queueEstimate: { fromMs: 240_000, toMs: 420_000 },
  marks: [{ userId, deliveredSeq: 0, readSeq: 0 }],
  lastMessage: null,
  lastMessageAt: null,
  lastSeq: 0,
  lastChange: 0,
  updatedAt: times.created,
  assignedAt: null,
}

export const endedSession: Session = {
  ...session,
  status: 'ended',
  lastChange: 3,
  updatedAt: times.ended,
  endedAt: times.ended,
  endedBy: userId,
  endReason: 'solved',
}

const nobodyServed = {
  subject: null,
  metadata: null,
  userId: null,
  userName: null,
  userType: null,
  operatorId: null,
  operator: null,
  waitingSince: null,
  assignedAt: null,
} as const

export const privateMessage: Message = {
  ...message,
  change: 1,
  receiverId: friendId,
  text: 'Lunch at noon?',
  clientMessageId: 'c-2',
}

export const tombstone: Message = { ...privateMessage, text: '', recalled: true, change: 2 }

export const privateSession: Session = {
  ...session,
  ...nobodyServed,
  type: 'private',
  participants: [userId, friendId],
  people: [
    { id: userId, name: 'Lin Wei', avatar: null },
    { id: friendId, name: 'Chen Yu', avatar: null },
  ],
  unreadCount: 1,
  marks: [
    { userId, deliveredSeq: 1, readSeq: 1 },
    { userId: friendId, deliveredSeq: 1, readSeq: 0 },
  ],
  lastMessage: privateMessage,
  lastChange: 1,
}

export const group: Session = {
  ...privateSession,
  type: 'group',
  name: 'Night shift',
  ownerId: userId,
  showsHistory: true,
}

export const friend: Friend = {
  ...user,
  id: friendId,
  realName: null,
  nickname: 'Chen Yu',
  friendId,
  remark: 'Yu from work',
  friendSince: times.created,
}

const { friendId: _, remark: __, friendSince: ___, ...otherUser } = friend
/** The one who is, or could be, the friend. */
export const other: User = otherUser

export const friendRequest: FriendRequest = {
  id: ids.request,
  userId: friendId,
  friendId: userId,
  user: other,
  message: 'It is Yu, from work.',
  status: 'pending',
  createdAt: times.created,
}

export const pagination = { page: 1, limit: 20, total: 1, totalPages: 1 }
