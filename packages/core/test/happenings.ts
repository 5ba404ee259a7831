import type { Message, Session } from '@parley/contracts'
import {
  type CountedEvent,
  messageChangeEvent,
  messageEvent,
  sessionEvent,
  touchesMessage,
} from '../src/delivery/counted-event.ts'
import type { SessionChange } from '../src/ports/store/message-store.ts'

const AT = '2026-01-01T00:00:00.000Z'

export const aMessage = (seq: number, about: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  sessionId: 's',
  seq,
  change: seq,
  clientMessageId: null,
  senderId: 'vera',
  senderType: 'user',
  receiverId: null,
  text: `text ${seq}`,
  type: 'text',
  file: null,
  status: 'sent',
  readBy: [],
  readByCount: 0,
  replyTo: null,
  forwardedFrom: null,
  reactions: {},
  recalled: false,
  createdAt: AT,
  updatedAt: AT,
  ...about,
})

export const aSession = (about: Partial<Session> = {}): Session => ({
  id: 's',
  siteId: 'default',
  type: 'support',
  name: null,
  subject: null,
  metadata: null,
  participants: ['vera', 'olga'],
  people: [],
  ownerId: null,
  showsHistory: false,
  userId: 'vera',
  userName: null,
  userType: 'visitor',
  operatorId: 'olga',
  operator: { id: 'olga', name: 'Olga', avatar: null },
  status: 'active',
  queuePosition: null,
  queueEstimate: null,
  unreadCount: null,
  marks: [],
  lastMessage: null,
  lastMessageAt: null,
  lastSeq: 0,
  lastChange: 0,
  createdAt: AT,
  updatedAt: AT,
  waitingSince: AT,
  assignedAt: AT,
  endedAt: null,
  endedBy: null,
  endReason: null,
  ...about,
})

/** Change n of the session: its n-th message. */
export const wrote = (change: number): CountedEvent => messageEvent(aMessage(change), change)

export const happened = (change: number, what: SessionChange, session = aSession()): CountedEvent =>
  touchesMessage(what)
    ? messageChangeEvent(session.id, change, what)
    : sessionEvent(session, change, what, null)
