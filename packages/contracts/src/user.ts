import { z } from 'zod'
import { personStatus, user } from './account.ts'
import { defineEvent, defineOperation } from './define.ts'
import { password, username } from './operator.ts'
import {
  absentable,
  displayName,
  emptiable,
  id,
  optional,
  pageInput,
  pageOf,
  picture,
  text,
  time,
} from './primitives.ts'

const users = pageOf(user)

/** The most people that one answer of who is online has. */
export const ONLINE_MAX = 1000

export const userList = defineOperation({
  name: 'user.list',
  kind: 'query',
  summary:
    'People: to staff and API keys all who are active, to a user those it shares a session or friendship with. By name.',
  who: ['person', 'key'],
  input: z.object({
    /** Part of a name or login name. */
    search: optional(text(100)),
    role: optional(z.enum(['admin', 'operator', 'doctor', 'nurse', 'user', 'visitor'])),
    ...pageInput(),
  }),
  output: users,
  errors: [],
})

export const userOnline = defineOperation({
  name: 'user.online',
  kind: 'query',
  summary: 'Those of `user.list` who are online or away now.',
  who: ['person', 'key'],
  input: z.object({}),
  output: z.array(user),
  errors: [],
})

export const userGet = defineOperation({
  name: 'user.get',
  kind: 'query',
  summary: 'One of `user.list`.',
  who: ['person', 'key'],
  input: z.object({ userId: id }),
  output: user,
  errors: ['not_found'],
})

export const userSave = defineOperation({
  name: 'user.save',
  kind: 'command',
  summary:
    'Makes a user, or brings the one with this id up to date. `role: operator` joins the pool that sessions are assigned to.',
  who: ['admin', 'key'],
  input: z.object({
    id: optional(id),
    username: optional(username),
    password: optional(password),
    realName: emptiable(displayName),
    nickname: emptiable(displayName),
    email: emptiable(z.email().max(254)),
    phone: emptiable(text(40)),
    avatar: absentable(picture),
    role: optional(z.enum(['admin', 'operator', 'doctor', 'nurse', 'user'])),
    isActive: optional(z.boolean()),
  }),
  output: z.object({ user, created: z.boolean() }),
  errors: ['conflict', 'not_found'],
})

export const userPublic = defineOperation({
  name: 'user.public',
  kind: 'query',
  summary: 'What anyone with an account may know of another: names and picture.',
  who: ['user'],
  input: z.object({ userId: id }),
  output: user,
  errors: ['not_found'],
})

export const userSearch = defineOperation({
  name: 'user.search',
  kind: 'query',
  summary:
    'People by part of their nickname, or by their exact phone number; at most 20, without phone numbers.',
  who: ['user'],
  input: z.object({ keyword: text(100, 1) }),
  output: z.array(user),
  errors: [],
})

export const userJoin = defineOperation({
  name: 'user.join',
  kind: 'command',
  summary:
    'This connection hears all sessions of its person from now on. A name and picture that are missing are filled in.',
  who: ['person'],
  input: z.object({
    id: optional(id),
    username: optional(text(100)),
    realName: optional(text(100)),
    avatar: optional(text(2048)),
    role: optional(text(20)),
  }),
  output: user,
  errors: ['identity_mismatch'],
})

export const userSetStatus = defineOperation({
  name: 'user.set-status',
  kind: 'command',
  summary:
    'Away, or offline to the others, until the person says otherwise or its last connection ends. Needs a connection.',
  who: ['person'],
  input: z.object({ status: personStatus }),
  output: z.object({ userId: id, status: personStatus, lastSeen: time.nullable() }),
  errors: ['conflict'],
})

export const presenceChanged = defineEvent({
  name: 'presence.changed',
  summary: 'Somebody came, went, or is away. To those who may see it.',
  counted: false,
  data: z.object({ userId: id, status: personStatus, lastSeen: time.nullable() }),
})
