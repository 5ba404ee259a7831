import type { Happening } from '@parley/contracts'
import type { Person } from '../access/caller.ts'

/** A client's live connection, as a transport gives it to the node. Nothing here throws; a dead one drops what it gets. */
export interface Connection {
  readonly id: string
  readonly caller: Person
  /** Sends an event, spelled for the families that this connection hears. */
  deliver(happening: Happening): void
  /** Asks the other end for a sign of life; the transport calls `node.ponged(id)` when it comes. */
  ping(): void
  close(why: 'login-ended' | 'too-slow'): void
}
