import { z } from 'zod'
import { defineOperation } from './define.ts'
import { message } from './message.ts'
import { absentable, id, optional, pageInput, pageOf, text } from './primitives.ts'

/** The longest keyword, in code points once trimmed. */
export const KEYWORD_MAX = 100
/** `total` counts no further, and pages reach no further back: `before` does. */
export const SEARCH_TOTAL_MAX = 1000

export const messageSearch = defineOperation({
  name: 'message.search',
  kind: 'query',
  summary:
    'Messages of the sessions that a person takes part in whose text has every word of the keyword, as a part of a word too, newest first. With `before` only those older than that message.',
  who: ['self', 'staff', 'key'],
  input: z.object({
    /** Whose sessions; an API key must say, staff may. */
    userId: optional(id),
    /** At most 100 code points once trimmed; not case-sensitive, no wildcards. */
    keyword: text(KEYWORD_MAX * 10),
    sessionId: absentable(id),
    /** A message's id, such as the last one of the page before: what comes meanwhile shifts nothing. */
    before: absentable(id),
    ...pageInput(),
  }),
  output: pageOf(message),
  errors: ['not_found', 'identity_mismatch'],
})
