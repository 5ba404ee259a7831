import { z } from 'zod'
import { defineEvent, defineOperation } from './define.ts'
import { absentable, id, optional } from './primitives.ts'

/** A client says it again every few seconds; a reader forgets it after this long. Milliseconds. */
export const TYPING_LASTS_MS = 6000

export const typingSet = defineOperation({
  name: 'typing.set',
  kind: 'query',
  summary: 'Says that the caller is writing, or has stopped. Not stored, not counted.',
  who: ['party'],
  input: z.object({ sessionId: id, isTyping: z.boolean(), userId: optional(id), receiverId: absentable(id) }),
  output: z.object({ sessionId: id }),
  errors: ['not_found', 'identity_mismatch'],
})

export const typingChanged = defineEvent({
  name: 'typing.changed',
  summary: 'Somebody is writing, or has stopped. To the others of the session.',
  counted: false,
  data: z.object({
    sessionId: id,
    userId: id,
    userType: z.enum(['user', 'operator', 'system']),
    isTyping: z.boolean(),
  }),
})
