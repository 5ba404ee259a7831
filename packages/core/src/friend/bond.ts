import type { Bond } from '../ports/store/session-store.ts'

/** What is known of two people. */
export interface PairFacts {
  readonly friends: boolean
  /** Either is staff. */
  readonly staff: boolean
  /** An API key, or staff who is none of the two, has opened their session. */
  readonly together: boolean
  /** Either has blocked the other. */
  readonly blocked: boolean
}

/** How two people stand to each other: blocked comes before all, what lasts longest before what may end (F10). */
export function bondOf({ friends, staff, together, blocked }: PairFacts): Bond {
  if (blocked) return 'blocked'
  if (together) return 'together'
  if (staff) return 'staff'
  return friends ? 'friends' : 'none'
}

/** May two people with this bond write to each other? `anyone`: `DIRECT_MESSAGES=anyone`. */
export const mayWrite = (bond: Bond, anyone: boolean): boolean =>
  bond !== 'blocked' && (bond !== 'none' || anyone)
