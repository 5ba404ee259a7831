import type { Me, Message, Operator, Session } from '@parley/contracts'
import type { SessionSnapshot, StoredMessage } from '@parley/sdk'

const NOON = Date.parse('2026-11-21T12:00:00.000Z')
export const at = (minutes: number): string => new Date(NOON + minutes * 60_000).toISOString()

export const ada: Me = { id: 'ada', role: 'operator', name: 'Ada Okafor', avatar: null }

export const operator = (some: Partial<Operator> = {}): Operator => ({
  id: 'ada',
  name: 'Ada Okafor',
  avatar: null,
  status: 'online',
  isOnline: true,
  isActive: true,
  maxUsers: 2,
  activeUsers: [],
  activeSessions: 0,
  lastAssignedAt: null,
  ...some,
})

export const session = (some: Partial<Session> = {}): Session => ({
  id: 's1',
  siteId: 'default',
  type: 'support',
  name: null,
  subject: null,
  metadata: null,
  participants: ['lin', 'ada'],
  userId: 'lin',
  userName: 'Lin Wei',
  userType: 'visitor',
  operatorId: 'ada',
  operator: { id: 'ada', name: 'Ada Okafor', avatar: null },
  status: 'active',
  queuePosition: null,
  queueEstimate: null,
  unreadCount: 0,
  marks: [],
  lastMessage: null,
  lastMessageAt: null,
  lastSeq: 0,
  lastChange: 0,
  createdAt: at(-10),
  updatedAt: at(-10),
  waitingSince: null,
  assignedAt: at(-9),
  endedAt: null,
  endedBy: null,
  endReason: null,
  ...some,
})

export const waiting = (some: Partial<Session> = {}): Session =>
  session({
    participants: ['lin'],
    operatorId: null,
    operator: null,
    status: 'waiting',
    queuePosition: 1,
    waitingSince: at(-1),
    assignedAt: null,
    unreadCount: null,
    ...some,
  })

export const message = (some: Partial<Message> = {}): Message => ({
  id: 'm1',
  sessionId: 's1',
  seq: 1,
  change: 1,
  clientMessageId: null,
  senderId: 'lin',
  senderType: 'user',
  receiverId: null,
  text: 'Hello',
  type: 'text',
  file: null,
  status: 'sent',
  readBy: [],
  readByCount: 0,
  replyTo: null,
  forwardedFrom: null,
  reactions: {},
  recalled: false,
  createdAt: at(-5),
  updatedAt: at(-5),
  ...some,
})

export const stored = (seq: number, some: Partial<StoredMessage> = {}): StoredMessage => ({
  key: `k${seq}`,
  mine: false,
  state: 'received',
  id: `m${seq}`,
  seq,
  senderId: 'lin',
  senderType: 'user',
  text: `Message ${seq}`,
  type: 'text',
  file: null,
  replyTo: null,
  createdAt: at(seq),
  clientMessageId: null,
  recalled: false,
  reactions: {},
  ...some,
})

export const sessionSnapshot = (some: Partial<SessionSnapshot> = {}): SessionSnapshot => ({
  id: 's1',
  session: session(),
  messages: [],
  hasOlder: false,
  loading: false,
  loadingOlder: false,
  typing: [],
  readSeq: 0,
  unreadCount: 0,
  unreadFrom: null,
  error: null,
  ...some,
})
