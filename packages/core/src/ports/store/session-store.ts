import type { DeskStats, Pagination, Session, SessionList, UserStats } from '@parley/contracts'
import type { By } from './by.ts'
import type { SessionChange } from './message-store.ts'

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

/** A person's sessions that it has not left. */
export interface WhoseSessions {
  readonly userId: string
  /** Only what this member of staff may know too (I5): support sessions, and what it takes part in. Null: all. */
  readonly knownTo: string | null
}

export interface SessionPage {
  readonly items: Session[]
  readonly pagination: Pagination
}

/** What decides whether the two of a private session may write (F10). Kept with the session, so that an append can look at it. */
export const BONDS = ['friends', 'staff', 'together', 'none', 'blocked'] as const
export type Bond = (typeof BONDS)[number]

export interface PrivateRequest {
  /** The session's id, if it is made. */
  readonly id: string
  readonly userIds: readonly [string, string]
  /** An API key, or staff who is none of the two: they may write for good. */
  readonly bringsTogether: boolean
  /** `DIRECT_MESSAGES=anyone`. */
  readonly anyone: boolean
  /** People whom nobody knows yet are made, as users (S11). */
  readonly makesPeople: boolean
  /** Who the audit names, where something changes (G12); null: it is not audited. */
  readonly audit: By | null
}

export type PrivateResult =
  | { readonly kind: 'opened'; readonly sessionId: string; readonly created: boolean }
  | { readonly kind: 'refused'; readonly code: 'not_found' | 'not_friends' }

export interface GroupRequest {
  readonly id: string
  readonly name: string
  readonly ownerId: string
  /** With the owner, without repeats. */
  readonly userIds: readonly string[]
  readonly showsHistory: boolean
  /** To whom all of them must be able to write (F10): staff to anyone whom no block parts from it; null: anyone (an API key). */
  readonly friendsOf: string | null
  readonly anyone: boolean
  readonly makesPeople: boolean
  /** Who the audit names, where something changes (G12); null: it is not audited. */
  readonly audit: By | null
}

export type GroupResult =
  | { readonly kind: 'opened'; readonly sessionId: string }
  | { readonly kind: 'refused'; readonly code: 'not_found' | 'not_friends' }

/** A change of a group. `byId` must be its owner, or take itself out; null: an API key. */
export interface GroupChange {
  readonly sessionId: string
  readonly byId: string | null
  /** Who the audit names, where something changes (G12); null: it is not audited. */
  readonly audit: By | null
  readonly what:
    | {
        readonly kind: 'add'
        readonly userIds: readonly string[]
        readonly friendsOf: string | null
        readonly anyone: boolean
        readonly makesPeople: boolean
      }
    | { readonly kind: 'remove'; readonly userId: string }
    | {
        readonly kind: 'update'
        readonly name?: string
        readonly showsHistory?: boolean
        readonly ownerId?: string
      }
}

export type GroupChanged =
  | { readonly kind: 'changed'; readonly change: number; readonly what: SessionChange }
  /** It was so already. */
  | { readonly kind: 'same' }
  | {
      readonly kind: 'refused'
      readonly code: 'not_found' | 'forbidden' | 'not_friends' | 'conflict'
    }

/** A session that a person's connection should hear, and how far it has come for the person. */
export interface InboxEntry {
  readonly sessionId: string
  readonly lastChange: number
  readonly lastSeq: number
  /** The change by which the person came in (the last time); 0: it was there from the beginning. */
  readonly joinedChange: number
  /** Sees messages with `seq` > this. */
  readonly visibleAfterSeq: number
  readonly deliveredSeq: number
}

/** `after`: by id, from the one after `sessionId` on. `some`: those of `sessionIds`, in any order. */
export type InboxRange =
  | { readonly kind: 'after'; readonly sessionId: string | null; readonly limit: number }
  | { readonly kind: 'some'; readonly sessionIds: readonly string[] }

export interface SessionStore {
  /**
   * Sessions as they are now, in the order asked for; those that don't exist are left out. With a `reader`,
   * `unreadCount` is the reader's, its mark is among `marks`, and a `lastMessage` that it may not see (M18) is null.
   */
  sessions(sessionIds: readonly string[], reader: string | null): Promise<Session[]>
  /** The person's part in the session; null if it never had one. */
  part(sessionId: string, userId: string): Promise<Part | null>
  openSessionOf(userId: string): Promise<string | null>
  /** Latest message (or start) first, as `userId` reads them. A `lastMessage` that `knownTo` may not see is null too. */
  sessionsOf(whose: WhoseSessions, limit: number, skip: number): Promise<Session[]>
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

  /** One session for two people, under any race (G1). An old one is answered as it is, whoever may write in it. */
  openPrivate(request: PrivateRequest): Promise<PrivateResult>
  /** Null: the two have none. */
  privateSession(userId: string, otherId: string): Promise<string | null>
  openGroup(request: GroupRequest): Promise<GroupResult>
  /** Decided and counted under the session's lock, as a message is. */
  changeGroup(change: GroupChange): Promise<GroupChanged>
  /** How many sessions `sessionsOf` goes through. */
  countSessionsOf(whose: WhoseSessions): Promise<number>
  /** Of what the person takes part in: what has not ended, or has messages beyond its delivered mark. */
  inbox(userId: string, range: InboxRange): Promise<InboxEntry[]>
  /** Who of these people came into which session in the last `withinMs`, and is still there. */
  newParts(
    userIds: readonly string[],
    withinMs: number,
  ): Promise<readonly { readonly sessionId: string; readonly userId: string }[]>
  /** By session, where there are any: messages of others after the read mark. Recalled ones do not count. */
  unread(userId: string): Promise<ReadonlyMap<string, number>>
  /**
   * From counters that are kept with what they count; without `onlineUsers`. Of the sessions that the person takes part
   * in, what it sees; tombstones count as messages, but never as unread.
   */
  userStats(userId: string): Promise<Omit<UserStats, 'onlineUsers'>>
}
