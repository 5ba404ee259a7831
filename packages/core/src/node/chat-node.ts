import type { Input, OperationName, Output } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import type { TurnCommand, TurnOutcome } from '../assignment/turn.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Connection } from '../ports/connection.ts'
import type { Ids } from '../ports/ids.ts'
import type { Store } from '../ports/store.ts'

/** The operations whose rules are here; accounts, sign-in and the site's settings are the server's own. */
export type CoreOperation = Extract<
  OperationName,
  | `session.${string}`
  | `message.${string}`
  | `friend.${string}`
  | 'inbox.open'
  | 'user.list'
  | 'user.online'
  | 'user.get'
  | 'user.public'
  | 'user.search'
  | 'user.set-status'
  | 'typing.set'
  | 'operator.list'
  | 'operator.online'
  | 'operator.available'
  | 'operator.set-status'
  | 'operator.assign'
  | 'stats.desk'
  | 'stats.user'
>

export interface CoreSettings {
  /** Code points of a message's text. */
  readonly messageMaxLength: number
  /** How long an operator without a connection keeps its sessions. Milliseconds. */
  readonly operatorGraceMs: number
  /** After this long without its visitor a waiting session ends; 0: never. Milliseconds. */
  readonly waitingTimeoutMs: number
  /** After this long without a word, its visitor gone, an active session ends; 0: never. Milliseconds. */
  readonly idleTimeoutMs: number
  /** How long a sender may take a message back. Milliseconds. */
  readonly recallWindowMs: number
  /** May any two users write to each other, and find all others? (`DIRECT_MESSAGES=anyone`) */
  readonly directMessages: 'friends' | 'anyone'
  /** Hosts, besides this server's own files, that a message's `fileUrl` may be on. */
  readonly fileHosts: readonly string[]
}

export interface Ports {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly ids: Ids
  /** The number in E.164, however it is written; null: it can be none that texts reach (L2). */
  readonly phoneNumber: (text: string) => string | null
  /** What must not end the process but should be known: a repair that failed and will be tried again. */
  readonly report: (problem: { readonly what: string; readonly cause: unknown }) => void
}

export interface CallContext {
  readonly caller: Caller
  /** The live connection that calls; null over REST. Joins, syncs and watches need one to go on hearing. */
  readonly connection: Connection | null
  readonly requestId: string | null
  /**
   * Runs the task once the answer has been written to the connection: what happened after a snapshot was read must
   * not overtake it. Required wherever `connection` is set and its messages keep their order; without it the node
   * waits for a turn of the clock. Called also when the answer was a failure.
   */
  readonly afterAnswer?: (task: () => void) => void
}

/** One server process's share of Parley: the operations, and the delivery of events to its connections. */
export interface ChatNode {
  readonly id: string
  perform<N extends CoreOperation>(name: N, context: CallContext, input: Input<N>): Promise<Output<N>>
  /** Before anything else on this connection. Resolves when its lease is stored and its operator, if it is one, is back. */
  connect(connection: Connection): Promise<void>
  disconnect(connectionId: string): void
  /**
   * The connection hears every session of its person from now on. With `backlog` the messages of others that were not
   * delivered come first, oldest first within a session, 200 at a time, the next when the pong to the last has come.
   * Resolves when it hears all; the backlog may still be on its way.
   */
  openInbox(connection: Connection, how: { readonly backlog: boolean }): Promise<void>
  /** The other end has answered `ping()`: all that was delivered before it has arrived. */
  ponged(connectionId: string): void
  /** A decision that one of the server's own operations asks for: made in the store, and told to everyone. */
  turn(command: TurnCommand): Promise<TurnOutcome>
  /** Tells the rest of this node and the others what a server operation changed (a new operator, new limits). */
  listsChanged(operatorIds: readonly string[]): void
  /** Ends the connections of a login, or of all logins of a person, on every node. */
  endLogin(login: { readonly loginId: string | null; readonly userId: string | null }): void
  start(): Promise<void>
  /** Stops timers and background work, gives up its leases, waits for what is under way. */
  stop(): Promise<void>
}
