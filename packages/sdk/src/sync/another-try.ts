import type { ParleyError } from '../errors.ts'

/** Failures inside the server are tried again so often; then it is this message that the server can't take. */
const INTERNAL_TRIES = 5
const WAITS_FOR_THE_CONNECTION: ReadonlySet<string> = new Set(['unauthorized', 'protocol_outdated', 'closed'])

/** May what failed like this, after so many tries before, come through later by itself? */
export const isWorthAnotherTry = (error: ParleyError, triesBefore: number): boolean =>
  error.code === 'internal'
    ? triesBefore + 1 < INTERNAL_TRIES
    : error.retry || WAITS_FOR_THE_CONNECTION.has(error.code)
