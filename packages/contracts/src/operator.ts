import { z } from 'zod'
import { defineEvent, defineOperation } from './define.ts'
import { absentable, displayName, id, optional, picture, text, time } from './primitives.ts'
import { session } from './session.ts'
import { STRATEGIES } from './strategy.ts'

export const operatorStatus = z.enum(['online', 'busy', 'offline'])
export type OperatorStatus = z.output<typeof operatorStatus>

/** The most sessions that an operator may be allowed to hold at once. */
export const MAX_USERS_LIMIT = 1000

export const operator = z.object({
  id,
  name: z.string(),
  avatar: z.string().nullable(),
  status: operatorStatus,
  isOnline: z.boolean(),
  isActive: z.boolean(),
  maxUsers: z.int(),
  /** Whose open sessions it holds, oldest first. */
  activeUsers: z.array(id),
  activeSessions: z.int(),
  lastAssignedAt: time.nullable(),
})
export type Operator = z.output<typeof operator>

const maxUsers = z.int().min(0).max(MAX_USERS_LIMIT)
const operators = z.array(operator)

const list = <const N extends string>(name: N, summary: string) =>
  defineOperation({
    name,
    kind: 'query',
    summary,
    who: ['staff', 'key'],
    input: z.object({}),
    output: operators,
    errors: [],
  })

export const operatorList = list('operator.list', 'All operators.')
export const operatorOnline = list('operator.online', 'Operators who are online or busy.')
export const operatorAvailable = list('operator.available', 'Operators who are online and have room.')

/** At least 8 characters; at most 256, so that hashing one stays cheap. */
export const password = text(256, 8)
export const username = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}._@+-]+$/u, 'may have letters, digits and . _ @ + - only')

export const operatorCreate = defineOperation({
  name: 'operator.create',
  kind: 'command',
  summary: 'Adds an operator; with a username and password it can sign in to the console.',
  who: ['admin', 'key'],
  input: z
    .object({
      name: displayName,
      username: optional(username),
      password: optional(password),
      avatar: absentable(picture),
      maxUsers: optional(maxUsers),
    })
    .refine(value => (value.username === undefined) === (value.password === undefined), {
      message: 'username and password go together',
      path: ['password'],
    }),
  output: operator,
  errors: ['conflict'],
})

export const operatorUpdate = defineOperation({
  name: 'operator.update',
  kind: 'command',
  summary:
    'Changes an operator; one that had no login gets it by a username and a password. A limit below its present load is a conflict; one who is made inactive gives its sessions back.',
  who: ['admin', 'key'],
  input: z.object({
    operatorId: id,
    name: optional(displayName),
    avatar: absentable(picture),
    maxUsers: optional(maxUsers),
    isActive: optional(z.boolean()),
    username: optional(username),
    password: optional(password),
  }),
  output: operator,
  errors: ['not_found', 'conflict'],
})

export const operatorSetStatus = defineOperation({
  name: 'operator.set-status',
  kind: 'command',
  summary: 'Online takes sessions, busy keeps its own and gets no new ones, offline gives them back at once.',
  who: ['self', 'admin', 'key'],
  input: z.object({ operatorId: id, status: operatorStatus }),
  output: operator,
  errors: ['not_found', 'conflict'],
})

export const operatorAssign = defineOperation({
  name: 'operator.assign',
  kind: 'command',
  summary:
    'Gives a session to an operator: to the named one (a transfer), or to the one the strategy picks. `toQueue` hands it back.',
  who: ['staff', 'key'],
  input: z.object({
    sessionId: id,
    strategy: optional(z.enum(STRATEGIES)),
    operatorId: optional(id),
    toQueue: optional(z.boolean()),
  }),
  output: z.object({ session, operator: operator.nullable() }),
  errors: ['not_found', 'session_ended', 'no_operator_available', 'operator_at_capacity', 'conflict'],
})

export const operatorChanged = defineEvent({
  name: 'operator.changed',
  summary: 'An operator came, went, or has another load or limit. To staff who watch a list.',
  counted: false,
  data: z.object({ operator }),
})
