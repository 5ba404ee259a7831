import { z } from 'zod'
import { defineEvent, defineOperation } from './define.ts'
import { message } from './message.ts'
import { id, messagePageInput, optional, pageInput, pageOf, seq } from './primitives.ts'
import { session } from './session.ts'

export const sessionPrivate = defineOperation({
  name: 'session.private',
  kind: 'command',
  summary: 'The one private session of two people, made if there is none.',
  who: ['self', 'staff', 'key'],
  input: z.object({ userId1: id, userId2: id }).refine(value => value.userId1 !== value.userId2, {
    message: 'must be another person',
    path: ['userId2'],
  }),
  output: z.object({ session, created: z.boolean() }),
  errors: ['not_found', 'not_friends'],
})

export const sessionOfUser = defineOperation({
  name: 'session.of-user',
  kind: 'query',
  summary: 'A person’s sessions, latest message first, each with what that person has not read.',
  who: ['self', 'staff', 'key'],
  input: z.object({ userId: optional(id), ...pageInput() }),
  output: pageOf(session),
  errors: ['identity_mismatch'],
})

/** Which session is meant: itself, or the private one with a friend. */
const whichSession = { sessionId: optional(id), friendId: optional(id) }
const namesOne = (value: { sessionId?: string | undefined; friendId?: string | undefined }) =>
  (value.sessionId === undefined) !== (value.friendId === undefined)

export const sessionRead = defineOperation({
  name: 'session.read',
  kind: 'command',
  summary: 'Marks a session as read by the caller, up to a message or to its end.',
  who: ['party'],
  input: z
    .object({ ...whichSession, messageId: optional(id) })
    .refine(namesOne, { message: 'is required, or a friendId', path: ['sessionId'] }),
  output: z.object({
    /** Null: the two have no session yet. */
    sessionId: id.nullable(),
    seq,
    unreadCount: z.int(),
  }),
  errors: ['not_found'],
})

export const messageHistory = defineOperation({
  name: 'message.history',
  kind: 'query',
  summary: 'Messages of the private session with a friend, oldest first within a page.',
  who: ['user'],
  input: z.object({ friendId: id, ...messagePageInput }),
  output: pageOf(message),
  errors: ['not_found'],
})

export const unread = z.object({
  unreadCount: z.int(),
  /** Of each session in which something is unread. */
  sessions: z.record(z.string(), z.int()),
})
export type Unread = z.output<typeof unread>

export const messageUnread = defineOperation({
  name: 'message.unread',
  kind: 'query',
  summary: 'What a person has not read, in all its sessions: the same on every device.',
  who: ['self', 'key'],
  input: z.object({ userId: optional(id) }),
  output: unread,
  errors: ['identity_mismatch'],
})

export const sessionOpened = defineEvent({
  name: 'session.opened',
  summary:
    'The reader takes part in a session that it did not hear before. To the connections that hear all of its sessions.',
  counted: false,
  data: z.object({ session }),
})

export const inboxOpen = defineOperation({
  name: 'inbox.open',
  kind: 'query',
  summary:
    'This connection hears all sessions that its person takes part in, and those that it comes to take part in, from now on.',
  who: ['person'],
  input: z.object({}),
  output: z.object({}),
  errors: [],
})
