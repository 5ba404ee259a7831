/**
 * The documented spellings, as plain functions without Zod, so that the widget can carry them.
 * A wire entity has the house's fields and the documented ones beside them; reading takes the documented ones.
 */
import type { User } from '../account.ts'
import type { Friend, FriendRequest } from '../friend.ts'
import type { Message, SenderType } from '../message.ts'
import type { Operator } from '../operator.ts'
import type { Session } from '../session.ts'

export type WireSenderType = 'user' | 'agent' | 'system'
export const toWireType = (type: SenderType): WireSenderType => (type === 'operator' ? 'agent' : type)
export const fromWireType = (type: WireSenderType): SenderType => (type === 'agent' ? 'operator' : type)

export const toWireMessage = (m: Message) => ({
  id: m.id,
  _id: m.id,
  sessionId: m.sessionId,
  seq: m.seq,
  change: m.change,
  clientMessageId: m.clientMessageId,
  senderId: m.senderId,
  sender: m.senderId,
  senderType: toWireType(m.senderType),
  receiverId: m.receiverId,
  receiver: m.receiverId,
  content: m.text,
  message: m.text,
  messageType: m.type,
  fileUrl: m.file?.url ?? null,
  fileName: m.file?.name ?? null,
  fileSize: m.file?.size ?? null,
  fileMeta: m.file && {
    mimeType: m.file.mimeType,
    width: m.file.width,
    height: m.file.height,
    durationMs: m.file.durationMs,
    thumbnailUrl: m.file.thumbnailUrl,
  },
  status: m.status,
  readBy: m.readBy.map(mark => ({ user: mark.userId, readAt: mark.at })),
  readByCount: m.readByCount,
  replyTo: m.replyTo,
  forwardedFrom: m.forwardedFrom,
  reactions: m.reactions,
  recalled: m.recalled,
  createdAt: m.createdAt,
  updatedAt: m.updatedAt,
  timestamp: m.createdAt,
})
export type WireMessage = ReturnType<typeof toWireMessage>

export const fromWireMessage = (w: WireMessage): Message => ({
  id: w.id,
  sessionId: w.sessionId,
  seq: w.seq,
  change: w.change,
  clientMessageId: w.clientMessageId,
  senderId: w.senderId,
  senderType: fromWireType(w.senderType),
  receiverId: w.receiverId,
  text: w.content,
  type: w.messageType,
  file:
    w.fileUrl === null
      ? null
      : {
          url: w.fileUrl,
          name: w.fileName,
          size: w.fileSize,
          mimeType: w.fileMeta?.mimeType ?? null,
          width: w.fileMeta?.width ?? null,
          height: w.fileMeta?.height ?? null,
          durationMs: w.fileMeta?.durationMs ?? null,
          thumbnailUrl: w.fileMeta?.thumbnailUrl ?? null,
        },
  status: w.status,
  readBy: w.readBy.map(mark => ({ userId: mark.user, at: mark.readAt })),
  readByCount: w.readByCount,
  replyTo: w.replyTo,
  forwardedFrom: w.forwardedFrom,
  reactions: w.reactions,
  recalled: w.recalled,
  createdAt: w.createdAt,
  updatedAt: w.updatedAt,
})

/** §7 `new_message`; a message with a file carries its file too. */
export const toNewMessage = (m: Message, change: number) => ({
  id: m.id,
  sessionId: m.sessionId,
  seq: m.seq,
  change,
  clientMessageId: m.clientMessageId,
  senderId: m.senderId,
  senderType: toWireType(m.senderType),
  message: m.text,
  messageType: m.type,
  timestamp: m.createdAt,
  ...(m.file && { fileUrl: m.file.url, fileName: m.file.name, fileSize: m.file.size, file: m.file }),
  ...(m.receiverId && { receiverId: m.receiverId }),
  ...(m.replyTo && { replyTo: m.replyTo }),
  ...(m.forwardedFrom && { forwardedFrom: m.forwardedFrom }),
  ...(m.recalled && { recalled: true }),
})
export type NewMessage = ReturnType<typeof toNewMessage>

export const fromNewMessage = (w: NewMessage): Message => ({
  id: w.id,
  sessionId: w.sessionId,
  seq: w.seq,
  change: w.change,
  clientMessageId: w.clientMessageId,
  senderId: w.senderId,
  senderType: fromWireType(w.senderType),
  receiverId: w.receiverId ?? null,
  text: w.message,
  type: w.messageType,
  file: w.file ?? null,
  status: 'sent',
  readBy: [],
  readByCount: 0,
  replyTo: w.replyTo ?? null,
  forwardedFrom: w.forwardedFrom ?? null,
  reactions: {},
  recalled: w.recalled ?? false,
  createdAt: w.timestamp,
  updatedAt: w.timestamp,
})

export const toWireSession = (s: Session) => ({
  id: s.id,
  _id: s.id,
  sessionId: s.id,
  siteId: s.siteId,
  sessionType: s.type,
  sessionName: s.name,
  subject: s.subject,
  metadata: s.metadata,
  participants: s.participants,
  people: s.people,
  ownerId: s.ownerId,
  showsHistory: s.showsHistory,
  userId: s.userId,
  userName: s.userName,
  userType: s.userType === 'operator' ? ('agent' as const) : s.userType,
  operatorId: s.operatorId,
  agentId: s.operatorId,
  operator: s.operator && { ...s.operator, _id: s.operator.id },
  status: s.status,
  queuePosition: s.queuePosition,
  queueEstimate: s.queueEstimate,
  unreadCount: s.unreadCount,
  marks: s.marks,
  lastMessage: s.lastMessage && toWireMessage(s.lastMessage),
  lastMessageTime: s.lastMessageAt,
  lastSeq: s.lastSeq,
  lastChange: s.lastChange,
  createdAt: s.createdAt,
  updatedAt: s.updatedAt,
  waitingSince: s.waitingSince,
  assignedAt: s.assignedAt,
  endedAt: s.endedAt,
  endedBy: s.endedBy,
  endReason: s.endReason,
})
export type WireSession = ReturnType<typeof toWireSession>

export const fromWireSession = (w: WireSession): Session => ({
  id: w.id,
  siteId: w.siteId,
  type: w.sessionType,
  name: w.sessionName,
  subject: w.subject,
  metadata: w.metadata,
  participants: w.participants,
  people: w.people,
  ownerId: w.ownerId,
  showsHistory: w.showsHistory,
  userId: w.userId,
  userName: w.userName,
  userType: w.userType === 'agent' ? 'operator' : w.userType,
  operatorId: w.operatorId,
  operator: w.operator && { id: w.operator.id, name: w.operator.name, avatar: w.operator.avatar },
  status: w.status,
  queuePosition: w.queuePosition,
  queueEstimate: w.queueEstimate,
  unreadCount: w.unreadCount,
  marks: w.marks,
  lastMessage: w.lastMessage && fromWireMessage(w.lastMessage),
  lastMessageAt: w.lastMessageTime,
  lastSeq: w.lastSeq,
  lastChange: w.lastChange,
  createdAt: w.createdAt,
  updatedAt: w.updatedAt,
  waitingSince: w.waitingSince,
  assignedAt: w.assignedAt,
  endedAt: w.endedAt,
  endedBy: w.endedBy,
  endReason: w.endReason,
})

export const toWireOperator = (o: Operator) => ({ ...o, _id: o.id })
export type WireOperator = ReturnType<typeof toWireOperator>
export const fromWireOperator = ({ _id, ...operator }: WireOperator): Operator => operator

export const toWireUser = (u: User) => ({ ...u, _id: u.id })
export type WireUser = ReturnType<typeof toWireUser>
export const fromWireUser = ({ _id, ...user }: WireUser): User => user

export const toWireFriend = (f: Friend) => ({ ...f, _id: f.id })
export type WireFriend = ReturnType<typeof toWireFriend>
export const fromWireFriend = ({ _id, ...friend }: WireFriend): Friend => friend

export const toWireFriendRequest = (r: FriendRequest) => ({ ...r, _id: r.id, user: toWireUser(r.user) })
export type WireFriendRequest = ReturnType<typeof toWireFriendRequest>
export const fromWireFriendRequest = ({ _id, user, ...request }: WireFriendRequest): FriendRequest => ({
  ...request,
  user: fromWireUser(user),
})
