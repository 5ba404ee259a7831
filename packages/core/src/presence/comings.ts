import type { Background } from '../node/background.ts'
import { Paced } from '../node/paced.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { announcePresence } from '../user/announce-presence.ts'
import type { Connections } from './connections.ts'

/** Who has lost its last connection is usually back soon: from one page to the next, from one network to another. Milliseconds. */
export const GONE_AFTER_MS = 2000

interface Parts {
  readonly store: Store
  readonly bus: Bus
  readonly connections: Connections
  readonly background: Background
  readonly clock: Clock
}

/** Tells of people who come with a first connection, at once, and of those who have gone, unless they are back by then (U4). */
export class Comings {
  private arrived = new Set<string>()
  private left = new Set<string>()
  private readonly paced: Paced
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
    const pace = { what: 'telling who came and went', gatherMs: 0 }
    this.paced = new Paced(parts.background, parts.clock, pace, () => this.tell())
  }

  changed({ came, gone }: { readonly came: readonly string[]; readonly gone: readonly string[] }): void {
    for (const userId of came) if (this.isAccount(userId)) this.arrived.add(userId)
    if (this.arrived.size > 0) this.paced.request()
    this.gone(gone)
  }

  gone(userIds: readonly string[]): void {
    if (userIds.length === 0) return
    this.parts.background.after(GONE_AFTER_MS, () => {
      for (const userId of userIds) this.left.add(userId)
      this.paced.request()
    })
  }

  /** Of visitors nothing is told: most who come are visitors. */
  private isAccount(userId: string): boolean {
    const [connection] = this.parts.connections.of(userId)
    return connection !== undefined && connection.caller.role !== 'visitor'
  }

  private async tell(): Promise<void> {
    const { store, bus } = this.parts
    const { arrived, left } = this
    this.arrived = new Set()
    this.left = new Set()
    try {
      const here = await store.connected([...arrived, ...left])
      const came = [...arrived].filter(userId => here.has(userId))
      const gone = [...left].filter(userId => !here.has(userId))
      await announcePresence(store, bus, [...came, ...gone])
    } catch (cause) {
      for (const userId of arrived) this.arrived.add(userId)
      for (const userId of left) this.left.add(userId)
      throw cause
    }
  }
}
