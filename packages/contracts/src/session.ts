import { z } from 'zod'
import { defineEvent, defineOperation } from './define.ts'
import { message } from './message.ts'
import {
  change,
  displayName,
  id,
  limit,
  metadata,
  optional,
  pageInput,
  pageOf,
  seq,
  text,
  time,
} from './primitives.ts'
import { STRATEGIES } from './strategy.ts'

export const SESSION_TYPES = ['support', 'private', 'group'] as const
export const sessionType = z.enum(SESSION_TYPES)
export const sessionStatus = z.enum(['waiting', 'active', 'ended'])
export type SessionStatus = z.output<typeof sessionStatus>

/** How far a person has received and read a session: `seq`s, contiguous from the first message. */
export const mark = z.object({ userId: id, deliveredSeq: seq, readSeq: seq })
export type Mark = z.output<typeof mark>

/** What a visitor sees of who answers. */
export const operatorCard = z.object({ id, name: z.string(), avatar: z.string().nullable() })
export type OperatorCard = z.output<typeof operatorCard>

/** What the others of a session see of a person. */
export const personCard = z.object({ id, name: z.string().nullable(), avatar: z.string().nullable() })
export type PersonCard = z.output<typeof personCard>

/** At most so many people are named in a session's `people`; of larger groups ask for the participants. */
export const PEOPLE_MAX = 20

/** How long the rest of the wait usually is, from the site's recent waits. Milliseconds. */
export const waitEstimate = z.object({ fromMs: z.int(), toMs: z.int() })
export type WaitEstimate = z.output<typeof waitEstimate>

/** At most so many marks are carried by a session; larger groups ask for them. */
export const MARKS_MAX = 50

export const session = z.object({
  id,
  siteId: id,
  type: sessionType,
  name: z.string().nullable(),
  subject: z.string().nullable(),
  metadata: metadata.nullable(),
  participants: z.array(id),
  /** Who takes part in a private or group session, in the order of joining, at most `PEOPLE_MAX`; empty for support sessions. */
  people: z.array(personCard),
  /** Of a group: who may change it. Null while nobody is in it. */
  ownerId: id.nullable(),
  /** Of a group: may who joins later see what was before? */
  showsHistory: z.boolean(),
  userId: id.nullable(),
  userName: z.string().nullable(),
  userType: z.enum(['user', 'visitor', 'operator', 'system']).nullable(),
  operatorId: id.nullable(),
  operator: operatorCard.nullable(),
  status: sessionStatus,
  /** From 1; null unless waiting. */
  queuePosition: z.int().nullable(),
  queueEstimate: waitEstimate.nullable(),
  /** The reader's; null in events that go to many. */
  unreadCount: z.int().nullable(),
  marks: z.array(mark),
  lastMessage: message.nullable(),
  lastMessageAt: time.nullable(),
  lastSeq: seq,
  lastChange: change,
  createdAt: time,
  updatedAt: time,
  /** Since when it has been waiting, its first wait; kept when it comes back to the queue. */
  waitingSince: time.nullable(),
  assignedAt: time.nullable(),
  endedAt: time.nullable(),
  endedBy: id.nullable(),
  endReason: z.string().nullable(),
})
export type Session = z.output<typeof session>

const sessions = z.array(session)

/** Who a support session is for; names itself or, with an API key, anyone. */
const customer = {
  userId: optional(id),
  userType: optional(z.enum(['user', 'visitor'])),
  name: optional(displayName),
  locale: optional(text(35)),
  timeZone: optional(text(64)),
  metadata: optional(metadata),
}

export const sessionStart = defineOperation({
  name: 'session.start',
  kind: 'command',
  summary:
    'Opens the caller’s support session, or answers with the open one. Assigned at once where an operator has room.',
  who: ['customer', 'key'],
  input: z.object(customer),
  output: z.object({ session, created: z.boolean() }),
  errors: ['identity_mismatch'],
})

export const sessionCreate = defineOperation({
  name: 'session.create',
  kind: 'command',
  summary: 'Opens a support session for a user, with a subject and, if wished, a strategy or one operator.',
  who: ['staff', 'key', 'self'],
  input: z.object({
    userId: id,
    userName: optional(displayName),
    subject: optional(text(200)),
    strategy: optional(z.enum(STRATEGIES)),
    operatorId: optional(id),
    metadata: optional(metadata),
  }),
  output: z.object({ session, created: z.boolean() }),
  errors: ['not_found', 'identity_mismatch', 'no_operator_available', 'operator_at_capacity'],
})

export const sessionGet = defineOperation({
  name: 'session.get',
  kind: 'query',
  summary: 'One session.',
  who: ['party', 'staff', 'key'],
  input: z.object({ sessionId: id }),
  output: session,
  errors: ['not_found'],
})

export const END_REASON_MAX = 200

export const sessionEnd = defineOperation({
  name: 'session.end',
  kind: 'command',
  summary: 'Ends a support session. Ending twice changes nothing. Its operator gets the longest-waiting one.',
  who: ['party', 'admin', 'key'],
  input: z.object({ sessionId: id, reason: optional(text(END_REASON_MAX)) }),
  output: session,
  errors: ['not_found', 'conflict'],
})

export const sessionActive = defineOperation({
  name: 'session.active',
  kind: 'query',
  summary:
    'Support sessions that are waiting or active: the queue in its order, then the active ones, latest first.',
  who: ['staff', 'key'],
  input: z.object({
    operatorId: optional(id),
    status: optional(z.enum(['waiting', 'active'])),
    ...pageInput(),
  }),
  output: pageOf(session),
  errors: [],
})

/** A moment as a client may write it: ISO 8601, with or without a time. */
const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform(value => new Date(value).toISOString())
  // With its offset it may lie before the year 1 or after 9999, which PostgreSQL reads as no time at all.
  .refine(value => /^(?!0000)\d{4}-/.test(value), 'must be in the years 0001 to 9999')

export const sessionHistory = defineOperation({
  name: 'session.history',
  kind: 'query',
  summary: 'Support sessions that have ended, newest first; `from` and `to` are times of the end.',
  who: ['staff', 'key'],
  input: z.object({
    userId: optional(id),
    operatorId: optional(id),
    from: optional(moment),
    to: optional(moment),
    ...pageInput(),
  }),
  output: pageOf(session),
  errors: [],
})

/** Sessions named in one `session.sync`, at most. */
export const SYNC_SESSIONS_MAX = 200
/** Messages of one session in one answer, at most. */
export const SYNC_MESSAGES_MAX = 500

export const syncedSession = z.object({
  messages: z.array(message),
  session,
  upTo: change,
  complete: z.boolean(),
})
export type SyncedSession = z.output<typeof syncedSession>

export const sessionSync = defineOperation({
  name: 'session.sync',
  kind: 'query',
  summary:
    'Everything new or changed since the numbers the client has seen. The connection hears these sessions from then on. One answer has room for about 256 KiB of messages: where `complete` is false, ask again from `upTo`.',
  who: ['person'],
  input: z.object({
    sessions: z
      .record(id, z.int().min(0))
      .refine(
        value => Object.keys(value).length <= SYNC_SESSIONS_MAX,
        `at most ${SYNC_SESSIONS_MAX} sessions`,
      )
      .default({}),
    limit: limit(200, SYNC_MESSAGES_MAX),
  }),
  output: z.object({
    sessions: z.record(z.string(), syncedSession),
    /** Sessions that were named but that the caller does not know, or knows no more. */
    unknown: z.array(z.string()),
    others: sessions,
    more: z.boolean(),
  }),
  errors: [],
})

export const SESSION_LISTS = ['mine', 'queue', 'active', 'team'] as const
export const sessionList = z.enum(SESSION_LISTS)
export type SessionList = z.output<typeof sessionList>

export const sessionWatch = defineOperation({
  name: 'session.watch',
  kind: 'query',
  summary: 'A live list: as it is now in the answer, then `session.listed` and `session.unlisted`.',
  who: ['staff'],
  input: z.object({ list: sessionList, limit: limit(100, 500) }),
  output: z.object({ list: sessionList, sessions, total: z.int() }),
  errors: [],
})

export const sessionUnwatch = defineOperation({
  name: 'session.unwatch',
  kind: 'query',
  summary: 'Ends a live list on this connection.',
  who: ['staff'],
  input: z.object({ list: sessionList }),
  output: z.object({ list: sessionList }),
  errors: [],
})

export const sessionJoin = defineOperation({
  name: 'session.join',
  kind: 'query',
  summary: 'Enters a session’s room on this connection: the newest page of messages, then everything live.',
  who: ['party', 'staff'],
  input: z.object({ sessionId: id, userId: optional(id), userType: optional(text(20)) }),
  output: z.object({ session, messages: z.array(message) }),
  errors: ['not_found', 'identity_mismatch'],
})

export const sessionLeave = defineOperation({
  name: 'session.leave',
  kind: 'query',
  summary: 'Leaves a session’s room on this connection.',
  who: ['party', 'staff'],
  input: z.object({ sessionId: id }),
  output: z.object({ sessionId: id }),
  errors: [],
})

const inSession = { sessionId: id, change, session }

export const sessionAssigned = defineEvent({
  name: 'session.assigned',
  summary:
    'An operator takes the session, or another one does. Also to the operator’s connections without any join.',
  counted: true,
  data: z.object({ ...inSession, operator: operatorCard, previousOperatorId: id.nullable() }),
})

export const sessionWaiting = defineEvent({
  name: 'session.waiting',
  summary: 'Its operator is gone or has handed it back: it waits again, before all others.',
  counted: true,
  data: z.object({ ...inSession, position: z.int(), previousOperatorId: id.nullable() }),
})

export const sessionEnded = defineEvent({
  name: 'session.ended',
  summary: 'The session has ended.',
  counted: true,
  data: z.object({ ...inSession, endedBy: id.nullable(), reason: z.string().nullable(), endedAt: time }),
})

/** A visitor has proved to be this user: from this change on what the one wrote and read is the other's. */
export const identified = z.object({ visitorId: id, userId: id, userName: z.string().nullable() })
export type Identified = z.output<typeof identified>

export const participantsChanged = defineEvent({
  name: 'participants.changed',
  summary: 'Somebody was added or removed later. The last that a removed one hears.',
  counted: true,
  data: z.object({
    ...inSession,
    added: z.array(id),
    removed: z.array(id),
    identified: identified.optional(),
  }),
})

export const sessionListed = defineEvent({
  name: 'session.listed',
  summary: 'A session has come to a watched list, or changed in it.',
  counted: false,
  data: z.object({ list: sessionList, session }),
})

export const sessionUnlisted = defineEvent({
  name: 'session.unlisted',
  summary: 'A session has left a watched list.',
  counted: false,
  data: z.object({ list: sessionList, sessionId: id }),
})

export const queuePosition = defineEvent({
  name: 'queue.position',
  summary: 'A waiting visitor’s place in the queue, at most once a second.',
  counted: false,
  data: z.object({ sessionId: id, position: z.int(), estimate: waitEstimate.nullable() }),
})

const presentInSession = { sessionId: id, userId: id, userType: z.enum(['user', 'operator', 'system']) }

export const userJoined = defineEvent({
  name: 'user.joined',
  summary: 'Somebody has entered the session’s room with a first connection. To the others.',
  counted: false,
  data: z.object(presentInSession),
})

export const userLeft = defineEvent({
  name: 'user.left',
  summary: 'Somebody has left the room, or lost its last connection there. To the others.',
  counted: false,
  data: z.object(presentInSession),
})
