import { z } from 'zod'
import { defineEvent, defineOperation } from './define.ts'
import {
  absentable,
  change,
  clientMessageId,
  id,
  messagePageInput,
  optional,
  pageOf,
  seq,
  text,
  time,
} from './primitives.ts'

export const MESSAGE_TYPES = ['text', 'image', 'file', 'voice', 'system'] as const
export const messageType = z.enum(MESSAGE_TYPES)
export const senderType = z.enum(['user', 'operator', 'system'])
export type SenderType = z.output<typeof senderType>
export const messageStatus = z.enum(['sent', 'delivered', 'read'])
export type MessageStatus = z.output<typeof messageStatus>

/** `width`, `height` in pixels, `durationMs` of a voice file; null where they have no meaning. */
export const messageFile = z.object({
  url: z.string(),
  name: z.string().nullable(),
  /** Bytes. */
  size: z.int().nullable(),
  mimeType: z.string().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  durationMs: z.int().nullable(),
  thumbnailUrl: z.string().nullable(),
})
export type MessageFile = z.output<typeof messageFile>

export const readMark = z.object({ userId: id, at: time })

/** At most so many readers are named in `readBy`; `readByCount` counts all. */
export const READ_BY_MAX = 50

export const message = z.object({
  id,
  sessionId: id,
  seq,
  /** The session's latest change that touched this message. */
  change,
  clientMessageId: z.string().nullable(),
  senderId: id,
  senderType,
  receiverId: id.nullable(),
  text: z.string(),
  type: messageType,
  file: messageFile.nullable(),
  status: messageStatus,
  readBy: z.array(readMark),
  readByCount: z.int(),
  replyTo: id.nullable(),
  forwardedFrom: id.nullable(),
  reactions: z.record(z.string(), z.array(id)),
  recalled: z.boolean(),
  createdAt: time,
  updatedAt: time,
})
export type Message = z.output<typeof message>

/** The longest `MESSAGE_MAX_LENGTH` that may be set, in code points; the set one is checked by the core. */
export const MESSAGE_LENGTH_CEILING = 20_000

export const messageSend = defineOperation({
  name: 'message.send',
  kind: 'command',
  summary:
    'Writes a message into a session. The same `clientMessageId` again answers with the message stored the first time.',
  who: ['party', 'key', 'system'],
  input: z
    .object({
      sessionId: absentable(id),
      /** Without a `sessionId`: into the private session with this person, which is made if there is none. */
      receiverId: absentable(id),
      senderId: optional(id),
      senderType: optional(senderType),
      text: optional(text(MESSAGE_LENGTH_CEILING * 2)).pipe(z.string().default('')),
      type: optional(messageType),
      fileUrl: absentable(text(2048)),
      fileName: absentable(text(255)),
      fileSize: absentable(z.int().min(0)),
      clientMessageId: optional(clientMessageId),
      replyTo: absentable(id),
    })
    .refine(value => value.sessionId !== undefined || value.receiverId !== undefined, {
      message: 'is required without a receiverId',
      path: ['sessionId'],
    }),
  output: message,
  errors: ['not_found', 'not_friends', 'session_ended', 'identity_mismatch', 'conflict', 'payload_too_large'],
})

export const messageList = defineOperation({
  name: 'message.list',
  kind: 'query',
  summary: 'Messages of a session, oldest first within a page; page 1 is the newest page.',
  who: ['party', 'staff', 'key'],
  input: z.object({ sessionId: id, ...messagePageInput }),
  output: pageOf(message),
  errors: ['not_found'],
})

export const messageRead = defineOperation({
  name: 'message.read',
  kind: 'command',
  summary: 'Marks a message, and everything before it in its session, as read by the caller.',
  who: ['party', 'key'],
  input: z.object({ messageId: id, userId: optional(id) }),
  output: message,
  errors: ['not_found', 'identity_mismatch'],
})

export const messageCreated = defineEvent({
  name: 'message.created',
  summary: 'A message was stored in a session.',
  counted: true,
  data: z.object({ sessionId: id, change, message }),
})

export const messageReadEvent = defineEvent({
  name: 'message.read',
  summary: 'Somebody has read up to `seq`. To the others of the session.',
  counted: false,
  data: z.object({ messageId: id, sessionId: id, userId: id, seq, readAt: time }),
})

export const messageStatusEvent = defineEvent({
  name: 'message.status',
  summary: 'What a sender wrote has arrived or was read, up to `seq`. To its sender.',
  counted: false,
  data: z.object({ messageId: id, sessionId: id, seq, status: messageStatus }),
})
