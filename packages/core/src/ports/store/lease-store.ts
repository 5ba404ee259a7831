/** A live connection of a person, held by a node. It dies with the node's heartbeat. */
export interface Lease {
  readonly connectionId: string
  readonly userId: string
}

export interface LeaseChanges {
  readonly nodeId: string
  /** Opening one that is open changes nothing. */
  readonly opened: readonly Lease[]
  /** Closing one that is not open changes nothing. */
  readonly closed: readonly string[]
  /** See `LeaseStore`. Milliseconds. */
  readonly graceMs: number
}

/**
 * Who is connected, durable so that any node can act when a node dies. Times are the store's own clock.
 *
 * Whatever closes a person's last connection also says, in the same step, that the person was `seen` now, forgets the presence that it chose, and if it
 * is an operator makes (or moves) its job `operator.grace`, `graceMs` from now: a node that dies right after must not
 * take the deadline with it.
 */
export interface LeaseStore {
  /**
   * Renews the node's lease; the first call makes it. `isNew`: there was none, because it is the first or because the
   * node has been reaped, so none of its connections has a lease.
   */
  heartbeat(nodeId: string): Promise<{ readonly isNew: boolean }>
  /**
   * Opens and closes leases; answers with the people whose last connection anywhere this closed, and whose first this opened.
   * A node that has no lease itself changes nothing: `known` is false.
   */
  changeLeases(changes: LeaseChanges): Promise<{
    readonly known: boolean
    readonly gone: readonly string[]
    readonly came: readonly string[]
  }>
  /** Drops the nodes whose heartbeat is older than `olderThanMs` with their leases; answers with the people who have none left. */
  reapNodes(rule: {
    readonly olderThanMs: number
    readonly graceMs: number
  }): Promise<{ readonly gone: readonly string[] }>
  /** Gives up the node's lease with all its connections' leases, as if it were reaped. */
  leave(nodeId: string, graceMs: number): Promise<void>
  /** Those of the people who have a connection now. */
  connected(userIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Says that the person was here (a request; the end of its last connection says it by itself). */
  seen(userIds: readonly string[]): Promise<void>
}
