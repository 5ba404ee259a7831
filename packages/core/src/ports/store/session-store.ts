import type { DeskStats, Pagination, Session, SessionList } from '@parley/contracts'

/** What `may()` and delivery need to know of a person in a session. */
export interface Part {
  readonly userId: string
  readonly role: 'visitor' | 'operator' | 'owner' | 'member'
  /** Sees messages with `seq` > this. */
  readonly visibleAfterSeq: number
  readonly left: boolean
}

export interface SessionFilter {
  readonly userId?: string
  readonly operatorId?: string
  readonly status?: 'waiting' | 'active'
  /** ISO 8601, of the end. */
  readonly from?: string
  readonly to?: string
}

export interface SessionPage {
  readonly items: Session[]
  readonly pagination: Pagination
}

export interface SessionStore {
  /**
   * Sessions as they are now, in the order asked for; those that don't exist are left out. With a `reader`,
   * `unreadCount` is the reader's and its mark is among `marks`.
   */
  sessions(sessionIds: readonly string[], reader: string | null): Promise<Session[]>
  /** The person's part in the session; null if it never had one. */
  part(sessionId: string, userId: string): Promise<Part | null>
  openSessionOf(userId: string): Promise<string | null>
  /** The person's sessions that are not left, latest message (or start) first. */
  sessionsOf(userId: string, limit: number, skip: number): Promise<Session[]>
  /** `lastChange` of each that exists. */
  lastChanges(sessionIds: readonly string[]): Promise<Map<string, number>>
  /** Support sessions, waiting ones in the queue's order, then active ones, latest first. */
  openSessions(
    filter: SessionFilter,
    page: number,
    limit: number,
    reader: string | null,
  ): Promise<SessionPage>
  /** Support sessions that have ended, newest end first. */
  endedSessions(
    filter: SessionFilter,
    page: number,
    limit: number,
    reader: string | null,
  ): Promise<SessionPage>
  /** A console list: `mine` = open and held by the operator, `queue`, `active` = all open, `team` = the person's private and group ones. */
  listed(list: SessionList, reader: string, limit: number): Promise<{ items: Session[]; total: number }>
  /** Which sessions wait, in the queue's order: the first `limit`. */
  queue(limit: number): Promise<readonly string[]>
  /** How long the site's latest assigned sessions had waited, milliseconds, latest first, and when they were assigned. */
  recentWaits(limit: number): Promise<readonly { readonly waitedMs: number; readonly assignedAt: string }[]>
  deskStats(): Promise<DeskStats>
}
