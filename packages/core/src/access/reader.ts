import type { Caller } from './caller.ts'

/** Whose unread count and mark an answer shows. */
export const readerOf = (caller: Caller): string | null => (caller.kind === 'person' ? caller.userId : null)
