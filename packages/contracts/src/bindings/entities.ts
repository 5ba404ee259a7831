import { z } from 'zod'
import { user } from '../account.ts'
import { friend, friendRequest } from '../friend.ts'
import { message, messageStatus, messageType } from '../message.ts'
import { operator } from '../operator.ts'
import { change, id, seq, time } from '../primitives.ts'
import { operatorCard, session, sessionStatus, sessionType } from '../session.ts'

export const wireType = z.enum(['user', 'agent', 'system'])

const m = message.shape
export const wireMessage = z
  .object({
    id,
    _id: id,
    sessionId: id,
    seq,
    change,
    clientMessageId: m.clientMessageId,
    senderId: id,
    sender: id,
    senderType: wireType,
    receiverId: m.receiverId,
    receiver: m.receiverId,
    content: z.string(),
    message: z.string(),
    messageType,
    fileUrl: z.string().nullable(),
    fileName: z.string().nullable(),
    fileSize: z.int().nullable(),
    fileMeta: z
      .object({
        mimeType: z.string().nullable(),
        width: z.int().nullable(),
        height: z.int().nullable(),
        durationMs: z.int().nullable(),
        thumbnailUrl: z.string().nullable(),
      })
      .nullable(),
    status: messageStatus,
    readBy: z.array(z.object({ user: id, readAt: time })),
    readByCount: z.int(),
    replyTo: m.replyTo,
    forwardedFrom: m.forwardedFrom,
    reactions: m.reactions,
    recalled: z.boolean(),
    createdAt: time,
    updatedAt: time,
    timestamp: time,
  })
  .meta({ id: 'Message' })

const s = session.shape
export const wireSession = z
  .object({
    id,
    _id: id,
    sessionId: id,
    siteId: id,
    sessionType,
    sessionName: s.name,
    subject: s.subject,
    metadata: s.metadata,
    participants: s.participants,
    people: s.people,
    ownerId: s.ownerId,
    showsHistory: s.showsHistory,
    userId: s.userId,
    userName: s.userName,
    userType: z.enum(['user', 'visitor', 'agent', 'system']).nullable(),
    operatorId: s.operatorId,
    agentId: s.operatorId,
    operator: operatorCard.extend({ _id: id }).nullable(),
    status: sessionStatus,
    queuePosition: s.queuePosition,
    queueEstimate: s.queueEstimate,
    unreadCount: s.unreadCount,
    marks: s.marks,
    lastMessage: wireMessage.nullable(),
    lastMessageTime: s.lastMessageAt,
    lastSeq: seq,
    lastChange: change,
    createdAt: time,
    updatedAt: time,
    waitingSince: s.waitingSince,
    assignedAt: s.assignedAt,
    endedAt: s.endedAt,
    endedBy: s.endedBy,
    endReason: s.endReason,
  })
  .meta({ id: 'Session' })

export const wireOperator = operator.extend({ _id: id }).meta({ id: 'Operator' })
export const wireUser = user.extend({ _id: id }).meta({ id: 'User' })
export const wireFriend = friend.extend({ _id: id }).meta({ id: 'Friend' })
export const wireFriendRequest = friendRequest
  .extend({ _id: id, user: wireUser })
  .meta({ id: 'FriendRequest' })

/** §7 `new_message`. */
export const newMessage = z
  .object({
    id,
    sessionId: id,
    seq,
    change,
    clientMessageId: m.clientMessageId,
    senderId: id,
    senderType: wireType,
    message: z.string(),
    messageType,
    timestamp: time,
    fileUrl: z.string().optional(),
    fileName: z.string().nullable().optional(),
    fileSize: z.int().nullable().optional(),
    file: m.file.unwrap().optional(),
    receiverId: id.optional(),
    replyTo: id.optional(),
    forwardedFrom: id.optional(),
    recalled: z.boolean().optional(),
  })
  .meta({ id: 'NewMessage' })
