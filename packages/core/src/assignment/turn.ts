import type { ErrorCode, OperatorStatus, SessionStatus, Strategy } from '@parley/contracts'
import type { Actor } from '../access/caller.ts'
import type { SessionChange } from '../ports/store/message-store.ts'

/** Everything that decides who gets whom. One at a time a site; see A-rules in SPEC.md. */
export type TurnCommand = { readonly actor: Actor; readonly requestId: string | null } & (
  | StartCommand
  | { readonly kind: 'end'; readonly sessionId: string; readonly reason: string | null }
  /** From the queue, or a transfer. Without an operator the strategy picks; `avoid` its present one. */
  | {
      readonly kind: 'assign'
      readonly sessionId: string
      readonly operatorId: string | null
      readonly strategy: Strategy | null
    }
  | { readonly kind: 'requeue'; readonly sessionId: string }
  | { readonly kind: 'status'; readonly operatorId: string; readonly status: OperatorStatus }
  | {
      readonly kind: 'limit'
      readonly operatorId: string
      readonly maxUsers: number | null
      readonly isActive: boolean | null
    }
  /** A first connection. Brings back the status that the operator chose, or online. */
  | { readonly kind: 'connected'; readonly operatorId: string }
  /** The grace is over. Counts only if the operator still has no connection. */
  | { readonly kind: 'gone'; readonly operatorId: string }
  /** Ends by itself. Counts only if `idle` still says so, which the store reads under the lock. */
  | {
      readonly kind: 'abandon'
      readonly sessionId: string
      readonly waitingAfterMs: number
      readonly idleAfterMs: number
    }
  /** The visitor has proved to be this user: its open session goes to the user. */
  | {
      readonly kind: 'identify'
      readonly visitorId: string
      readonly userId: string
      readonly name: string | null
    }
  | { readonly kind: 'strategy'; readonly strategy: Strategy }
  /** Decides nothing new: takes whoever waits while there is room. */
  | { readonly kind: 'sweep' }
)

export interface StartCommand {
  readonly kind: 'start'
  /** The session's id, if it is made. */
  readonly sessionId: string
  readonly userId: string
  readonly userType: 'user' | 'visitor'
  readonly userName: string | null
  readonly locale: string | null
  readonly timeZone: string | null
  readonly subject: string | null
  readonly metadata: Readonly<Record<string, unknown>> | null
  readonly strategy: Strategy | null
  readonly operatorId: string | null
}

export type TurnOutcome =
  | {
      readonly kind: 'done'
      /** The session that the command was about, if any. */
      readonly sessionId: string | null
      /** Only `start`: was it made by this command? */
      readonly created: boolean
      /** Every counted change that this command led to, of any session. */
      readonly changes: readonly TurnChange[]
      /** Operators whose status, load or limit changed. */
      readonly operators: readonly string[]
      /** Sessions that are new in a list or changed in it without a counted change (a start). */
      readonly touched: readonly string[]
    }
  | { readonly kind: 'refused'; readonly code: ErrorCode }

export interface TurnChange {
  readonly sessionId: string
  readonly change: number
  readonly what: SessionChange
}

/** What the store reads under the lock. */
export interface TurnView {
  /** The store's clock, milliseconds. */
  readonly now: number
  readonly strategy: Strategy
  /** The last number given in the queue. */
  readonly queueCounter: number
  /** All of the site, in the order in which they joined it: ties fall to the first. */
  readonly operators: readonly OperatorState[]
  /**
   * What `turnReads(commands)` says: the named ones, the open ones of the named people, those that the named
   * operators hold, every waiting one that has `returned`, and of the other waiting ones the first `queueDepth`.
   */
  readonly sessions: readonly SessionState[]
  /** Of the people whom `start` and `identify` name: their open support session. */
  readonly openSessionOf: ReadonlyMap<string, string>
  /** Roles of the people whom commands name, where known. */
  readonly roleOf: ReadonlyMap<string, string>
  /** For `abandon`: how idle the named sessions are. */
  readonly idle: ReadonlyMap<
    string,
    { readonly connected: boolean; readonly visitorGoneMs: number; readonly quietMs: number }
  >
}

export interface OperatorState {
  readonly id: string
  readonly status: OperatorStatus
  readonly chosenStatus: OperatorStatus | null
  readonly isActive: boolean
  readonly maxUsers: number
  /** Open sessions. */
  readonly load: number
  readonly lastAssignedAt: number | null
  /** Has it a live connection? */
  readonly connected: boolean
}

export interface SessionState {
  readonly id: string
  readonly type: 'support' | 'private' | 'group'
  readonly status: SessionStatus
  readonly userId: string | null
  readonly operatorId: string | null
  /** Handed it back: is not given it again by itself. */
  readonly avoidOperatorId: string | null
  readonly strategy: Strategy | null
  readonly queueNo: number | null
  readonly returned: boolean
  readonly waitingSince: number | null
  readonly assignedAt: number | null
  readonly endedAt: number | null
  readonly endedBy: string | null
  readonly endReason: string | null
  readonly lastChange: number
}

/**
 * What the store writes. Where the database counts loads and open sessions as it goes, the order is: `released`,
 * `operators`, `sessions` that ended or wait, `identified`, `created`, `sessions` that are active.
 */
export interface TurnWrites {
  /** Sessions that leave the operator who held them before this turn: free it before anything is given to it. */
  readonly released: readonly string[]
  /** New sessions as they stand at the end of the turn. Their person is made, if it is unknown. */
  readonly created: readonly (StartCommand & { readonly state: SessionState })[]
  /** Those there were, changed: ended and waiting ones first. Whose they are, only `identified` changes. */
  readonly sessions: readonly SessionState[]
  readonly operators: readonly OperatorState[]
  readonly changes: readonly (TurnChange & { readonly actorId: string | null })[]
  readonly participants: readonly {
    readonly sessionId: string
    readonly userId: string
    readonly role: 'visitor' | 'operator'
    readonly joined: boolean
    /** The change with which it joined or left. */
    readonly change: number
  }[]
  /**
   * The user takes the visitor's part in the session: its marks and its messages there become the user's, the
   * messages are touched by the change, with which the visitor has left. (Not in `participants`.)
   */
  readonly identified: readonly {
    readonly sessionId: string
    readonly visitorId: string
    readonly userId: string
    readonly name: string | null
    readonly change: number
  }[]
  readonly queueCounter: number
  readonly strategy: Strategy | null
  readonly audits: readonly {
    readonly actor: Actor
    readonly requestId: string | null
    readonly action: string
    readonly targetKind: 'session' | 'operator' | 'site'
    readonly targetId: string
    readonly data: Readonly<Record<string, unknown>>
  }[]
}
