import type { Background } from '../node/background.ts'
import type { Store } from '../ports/store.ts'
import { CHANGES_PAGE, readChanges } from './read-changes.ts'
import type { SessionHub } from './session-hub.ts'

/** An overtaken event is usually only a little late. Milliseconds. */
export const GAP_WAIT_MS = 50
/** After an outage all hubs are behind at once; the store is asked for so many at a time. */
const AT_A_TIME = 8

/** Gets the hubs that are behind what they have missed, from the store. A failure is tried again by the next comparison. */
export class CatchUp {
  private readonly store: Store
  private readonly background: Background
  /** Waiting or under way. */
  private readonly wanted = new Set<SessionHub>()
  private readonly queue: SessionHub[] = []
  private active = 0

  constructor(store: Store, background: Background) {
    this.store = store
    this.background = background
  }

  soon(hub: SessionHub): void {
    if (this.wanted.has(hub)) return
    this.wanted.add(hub)
    this.background.after(GAP_WAIT_MS, () => {
      this.queue.push(hub)
      this.pump()
    })
  }

  private pump(): void {
    while (this.active < AT_A_TIME) {
      const hub = this.queue.shift()
      if (!hub) return
      this.active++
      this.background.run('catching up', () => this.serve(hub))
    }
  }

  private async serve(hub: SessionHub): Promise<void> {
    try {
      const heardOf = await this.read(hub)
      this.wanted.delete(hub)
      if (heardOf !== null) hub.caughtUp(heardOf)
    } finally {
      this.wanted.delete(hub)
      this.active--
      this.pump()
    }
  }

  /** To the end of the log; answers with what the hub had heard of before the last page was asked for. */
  private async read(hub: SessionHub): Promise<number | null> {
    for (;;) {
      if (hub.cursor === null || !hub.isBehind() || hub.listeners.size === 0) return null
      const heardOf = hub.heardOf()
      const since = hub.cursor
      const events = await readChanges(this.store, hub.sessionId, since)
      // It has gone back meanwhile, for a listener who needs what is before these.
      if (hub.cursor < since) continue
      for (const event of events) hub.acceptStored(event)
      if (events.length < CHANGES_PAGE) return heardOf
    }
  }
}
