import type { Background } from '../node/background.ts'
import type { Connection } from '../ports/connection.ts'
import type { Lease } from '../ports/store/lease-store.ts'
import type { Store } from '../ports/store.ts'
import type { Connections } from './connections.ts'

/** After a failure. Milliseconds. */
const RETRY_MS = 1000

interface Opening {
  readonly lease: Lease
  readonly done: () => void
  readonly failed: (cause: unknown) => void
}

export interface LeaseParts {
  readonly store: Store
  readonly background: Background
  readonly connections: Connections
  readonly nodeId: string
  readonly graceMs: number
  /** The store had dropped this node and thought its people gone; their leases are open again. */
  readonly reopened: () => void
  /** Whose first connection anywhere came, and whose last one went. */
  readonly changed: (people: { readonly came: readonly string[]; readonly gone: readonly string[] }) => void
}

/**
 * This node's leases in the store, written one batch after the other: those that come while a batch is under way go
 * with the next. What fails is tried again; a connection that waits for its lease is refused instead.
 */
export class Leases {
  private opening = new Map<string, Opening>()
  private closing = new Set<string>()
  /** All leases are to be opened once more. */
  private reopening = false
  private writing = false
  private readonly parts: LeaseParts

  constructor(parts: LeaseParts) {
    this.parts = parts
  }

  open(connection: Connection): Promise<void> {
    return new Promise((done, failed) => {
      this.opening.set(connection.id, { lease: leaseOf(connection), done, failed })
      this.write()
    })
  }

  close(connectionId: string): void {
    this.closing.add(connectionId)
    this.write()
  }

  openAgain(): void {
    this.reopening = true
    this.write()
  }

  /** The node stops: nobody waits for a lease any more, and all are given up. */
  async leave(): Promise<void> {
    for (const { failed } of this.opening.values()) failed(new Error('the node is stopping'))
    this.opening.clear()
    await this.parts.store.leave(this.parts.nodeId, this.parts.graceMs)
  }

  private write(): void {
    if (this.writing || (this.opening.size === 0 && this.closing.size === 0 && !this.reopening)) return
    this.writing = true
    this.parts.background.run('writing leases', () => this.writeBatch())
  }

  private async writeBatch(): Promise<void> {
    const { opening, closing, reopening } = this
    this.opening = new Map()
    this.closing = new Set()
    this.reopening = false
    try {
      const again = await this.change([...opening.values()], closing, reopening)
      for (const { done } of opening.values()) done()
      this.nextIn(0)
      if (again) this.parts.reopened()
    } catch (cause) {
      // It may have been written all the same: who waited for it has given up, so it is closed.
      for (const id of [...closing, ...opening.keys()]) this.closing.add(id)
      this.reopening ||= reopening
      for (const { failed } of opening.values()) failed(cause)
      this.nextIn(RETRY_MS)
      throw cause
    }
  }

  private nextIn(ms: number): void {
    const next = () => {
      this.writing = false
      this.write()
    }
    if (ms === 0) next()
    else this.parts.background.after(ms, next)
  }

  /** Answers whether all leases were opened once more. */
  private async change(
    opening: readonly Opening[],
    closing: ReadonlySet<string>,
    reopening: boolean,
  ): Promise<boolean> {
    const opened = reopening ? this.all() : opening.map(({ lease }) => lease)
    if (await this.send(opened, closing)) return reopening
    // The node was dropped since its last heartbeat.
    await this.parts.store.heartbeat(this.parts.nodeId)
    await this.send(this.all(), closing)
    return true
  }

  private all(): Lease[] {
    return this.parts.connections.all().map(leaseOf)
  }

  private async send(opened: readonly Lease[], closing: ReadonlySet<string>): Promise<boolean> {
    const { store, nodeId, graceMs } = this.parts
    const standing = opened.filter(({ connectionId }) => !closing.has(connectionId))
    const answer = await store.changeLeases({ nodeId, opened: standing, closed: [...closing], graceMs })
    this.parts.changed(answer)
    return answer.known
  }
}

const leaseOf = (connection: Connection): Lease => ({
  connectionId: connection.id,
  userId: connection.caller.userId,
})
