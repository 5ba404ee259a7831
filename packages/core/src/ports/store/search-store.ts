import type { Message } from '@parley/contracts'
import type { WhoseSessions } from './session-store.ts'

/** Where a message stands among all that can be found: newest first, and of the same millisecond by session and `seq`. */
export interface FoundPlace {
  /** ISO 8601. */
  readonly createdAt: string
  readonly sessionId: string
  readonly seq: number
}

/** What the person sees in its sessions, and `knownTo` too. */
export interface SearchQuery extends WhoseSessions {
  /** Folded; the folded text of a message has them all. */
  readonly words: readonly string[]
  readonly sessionId: string | null
  /** Only what comes after this place, which is older. */
  readonly before: FoundPlace | null
  readonly skip: number
  readonly limit: number
}

export interface SearchStore {
  /**
   * Messages that have not been recalled, newest first, from the first 1,000 that are found; `total` counts those. What an
   * append has answered is found, what a recall has answered is not, however far an index of the store may be behind.
   */
  searchMessages(query: SearchQuery): Promise<{ readonly items: Message[]; readonly total: number }>
}
