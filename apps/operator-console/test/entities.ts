import type { Me, Message, MessageFile, Operator, Participant, Session, User } from '@parley/contracts'
import type { Chat, SessionSnapshot, StoredMessage } from '@parley/sdk'

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
  people: [],
  ownerId: null,
  showsHistory: false,
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
  quote: null,
  forwardedFrom: null,
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
  closed: null,
  ...some,
})

export const user = (some: Partial<User> = {}): User => ({
  id: 'ben',
  username: 'ben',
  realName: 'Ben Turner',
  nickname: null,
  email: null,
  phone: null,
  avatar: null,
  role: 'operator',
  status: 'online',
  lastSeen: null,
  isActive: true,
  createdAt: at(-1000),
  updatedAt: at(-1000),
  ...some,
})

export const participant = (some: Partial<User>, role: Participant['role'] = 'member'): Participant => ({
  user: user(some),
  role,
  joinedAt: at(-900),
})

const NO_OPERATOR = {
  userId: null,
  userName: null,
  userType: null,
  operatorId: null,
  operator: null,
} as const

/** The private session of Ada and Ben. */
export const privateSession = (some: Partial<Session> = {}): Session =>
  session({
    id: 'p1',
    type: 'private',
    ...NO_OPERATOR,
    participants: ['ada', 'ben'],
    people: [
      { id: 'ada', name: 'Ada Okafor', avatar: null },
      { id: 'ben', name: 'Ben Turner', avatar: null },
    ],
    ...some,
  })

export const groupSession = (some: Partial<Session> = {}): Session =>
  session({
    id: 'g1',
    type: 'group',
    name: 'Night shift',
    ...NO_OPERATOR,
    ownerId: 'ada',
    participants: ['ada', 'ben', 'chen'],
    people: [
      { id: 'ada', name: 'Ada Okafor', avatar: null },
      { id: 'ben', name: 'Ben Turner', avatar: null },
      { id: 'chen', name: '陈静', avatar: null },
    ],
    ...some,
  })

/** As the SDK lists a session. */
export function chat(of: Session, title?: string): Chat {
  const other = of.type === 'private' ? (of.people.find(({ id }) => id !== 'ada') ?? null) : null
  return {
    id: of.id,
    session: of,
    title: title ?? of.name ?? other?.name ?? of.id,
    other,
    unreadCount: of.unreadCount ?? 0,
  }
}

export const file = (some: Partial<MessageFile> = {}): MessageFile => ({
  url: '/files/1?signature=x',
  name: 'plan.pdf',
  size: 20_480,
  mimeType: 'application/pdf',
  width: null,
  height: null,
  durationMs: null,
  thumbnailUrl: null,
  ...some,
})
