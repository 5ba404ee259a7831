import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

export const HEARTBEAT_EVERY_MS = 2000
/** A node whose heartbeat is older is taken for dead. */
export const DEAD_AFTER_MS = 10_000

interface Parts {
  readonly store: Store
  readonly clock: Clock
  readonly nodeId: string
  readonly graceMs: number
  /** The store has no leases of this node's connections, or may have none. */
  readonly forgotten: () => void
  /** These people's last connections were on nodes that have died. */
  readonly gone: (userIds: readonly string[]) => void
}

/** Says that this node lives, and buries those that don't. */
export class Heartbeat {
  private readonly parts: Parts
  /** An answer was lost that may have said that the node is new. */
  private unsure = false
  private last = Number.NEGATIVE_INFINITY
  private steadySince = 0

  constructor(parts: Parts) {
    this.parts = parts
  }

  async beat(): Promise<void> {
    const { store, nodeId, clock, forgotten } = this.parts
    const wasUnsure = this.unsure
    this.unsure = true
    const { isNew } = await store.heartbeat(nodeId)
    this.unsure = false
    const now = clock.now()
    if (wasUnsure || isNew || now - this.last > DEAD_AFTER_MS) this.steadySince = now
    this.last = now
    if (isNew || wasUnsure) forgotten()
  }

  /**
   * Only a node that has had answers for as long as a heartbeat may be old judges others: after an outage of the
   * store all heartbeats are old, and the others need a moment to say that they live.
   */
  async reap(): Promise<void> {
    const { store, clock, graceMs, gone } = this.parts
    const now = clock.now()
    const steady = now - this.steadySince >= DEAD_AFTER_MS && now - this.last < DEAD_AFTER_MS / 2
    if (!steady || this.unsure) return
    const dead = await store.reapNodes({ olderThanMs: DEAD_AFTER_MS, graceMs })
    gone(dead.gone)
  }
}
