/** Its name changes with its content. */
const FOR_EVER = 'public, max-age=31536000, immutable'
/** Asked for again each time; the answer is short if nothing has changed. */
export const REVALIDATED = 'no-cache'
/** What other sites load by a fixed name: soon after an update everyone has the new one. */
export const BRIEFLY = 'public, max-age=300'

/** Of files that a build has put there: its `assets` bear their hash in their names. */
export const cacheOf = (path: string): string => (path.startsWith('assets/') ? FOR_EVER : REVALIDATED)
