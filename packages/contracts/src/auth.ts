import { z } from 'zod'
import { role, user } from './account.ts'
import { defineEvent, defineOperation } from './define.ts'
import { displayName, id, optional, text, time } from './primitives.ts'

/** A visitor's token lives 30 days. Seconds. */
export const TOKEN_SECONDS = 2_592_000

export const identityHash = z.string().regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')

export const authToken = defineOperation({
  name: 'auth.token',
  kind: 'command',
  summary:
    'A token. Without `userId`: for a new anonymous visitor. With it: an API key, or `userHash` = HMAC-SHA256 of the id with the site’s identity secret.',
  who: ['anyone'],
  input: z.object({
    userId: optional(id),
    userType: optional(z.enum(['user', 'operator', 'system'])),
    name: optional(displayName),
    userHash: optional(identityHash),
  }),
  output: z.object({
    token: z.string(),
    userId: id,
    userType: z.enum(['user', 'operator', 'system']),
    /** Seconds. */
    expiresIn: z.int(),
    expiresAt: time,
  }),
  errors: [],
})

export const authIdentify = defineOperation({
  name: 'auth.identify',
  kind: 'command',
  summary:
    'Turns the anonymous visitor who calls into the user whom the hash proves: its open session comes along. Answers with the user’s token.',
  who: ['customer'],
  input: z.object({
    userId: id,
    userHash: identityHash,
    name: optional(displayName),
    email: optional(z.email().max(254)),
  }),
  output: z.object({ token: z.string(), userId: id, expiresIn: z.int(), expiresAt: time }),
  errors: [],
})

export const loginPair = z.object({
  token: z.string(),
  refreshToken: z.string(),
  /** Seconds. */
  expiresIn: z.int(),
  isNewUser: z.boolean(),
  user,
})

export const authLogin = defineOperation({
  name: 'auth.login',
  kind: 'command',
  summary: 'Signs in with a username and a password.',
  who: ['anyone'],
  input: z.object({ username: text(64, 1), password: text(256, 1) }),
  output: loginPair,
  errors: [],
})

export const authRefresh = defineOperation({
  name: 'auth.refresh',
  kind: 'command',
  summary: 'A new pair for a refresh token. A used one presented again ends every token of that login.',
  who: ['anyone'],
  input: z.object({ refreshToken: text(512, 1) }),
  output: loginPair,
  errors: [],
})

export const authLogout = defineOperation({
  name: 'auth.logout',
  kind: 'command',
  summary: 'Ends this login: its tokens are dead at once, its sockets closed within 5 s.',
  who: ['person'],
  input: z.object({}),
  output: z.object({ loggedOut: z.literal(true) }),
  errors: [],
})

export const me = z.object({
  id,
  role,
  name: z.string(),
  avatar: z.string().nullable(),
  /** Somebody else has made the password: the console's login may do nothing else before it is changed. */
  mustChangePassword: z.boolean().optional(),
})
export type Me = z.output<typeof me>

export const consoleSignIn = defineOperation({
  name: 'console.sign-in',
  kind: 'command',
  summary: 'Signs staff in to the console: sets its cookie.',
  who: ['anyone'],
  input: z.object({ username: text(64, 1), password: text(256, 1) }),
  output: me,
  errors: [],
})

export const consoleSignOut = defineOperation({
  name: 'console.sign-out',
  kind: 'command',
  summary: 'Ends the console’s login and clears its cookie.',
  who: ['person'],
  input: z.object({}),
  output: z.object({ loggedOut: z.literal(true) }),
  errors: [],
})

export const authMe = defineOperation({
  name: 'auth.me',
  kind: 'query',
  summary: 'Who the credential stands for.',
  who: ['person'],
  input: z.object({}),
  output: me,
  errors: [],
})

export const updateMe = defineOperation({
  name: 'auth.update-me',
  kind: 'command',
  summary: 'Changes the name that the caller goes by: visitors see it too.',
  who: ['staff'],
  input: z.object({ name: displayName }),
  output: me,
  errors: [],
})

export const changePassword = defineOperation({
  name: 'auth.change-password',
  kind: 'command',
  summary: 'Changes the caller’s password; every other login of it ends.',
  who: ['person'],
  input: z.object({ password: text(256, 1), newPassword: text(256, 8) }),
  output: z.object({ changed: z.literal(true) }),
  errors: [],
})

export const loginEnded = defineEvent({
  name: 'login.ended',
  summary: 'The login behind this connection has ended; the connection closes.',
  counted: false,
  data: z.object({ userId: id }),
})
