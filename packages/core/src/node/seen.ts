import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { Background } from './background.ts'
import { Paced } from './paced.ts'

/** Nobody's requests are noted more often than this: a customer is given minutes. Milliseconds. */
const SEEN_EVERY_MS = 20_000
const GATHER_MS = 1000

/** Notes that people were here who come by requests instead of a connection. */
export class Seen {
  private readonly clock: Clock
  private readonly store: Store
  private readonly paced: Paced
  private waiting = new Set<string>()
  private readonly noted = new Map<string, number>()

  constructor(store: Store, clock: Clock, background: Background) {
    this.store = store
    this.clock = clock
    this.paced = new Paced(background, clock, { what: 'noting who was here', gatherMs: GATHER_MS }, () =>
      this.write(),
    )
  }

  note(userId: string): void {
    const now = this.clock.now()
    this.forgetOld(now)
    if (this.noted.has(userId)) return
    this.noted.set(userId, now)
    this.waiting.add(userId)
    this.paced.request()
  }

  private async write(): Promise<void> {
    const people = this.waiting
    this.waiting = new Set()
    try {
      await this.store.seen([...people])
    } catch (cause) {
      for (const userId of people) this.waiting.add(userId)
      throw cause
    }
  }

  /** In the order in which they were noted. */
  private forgetOld(now: number): void {
    for (const [userId, at] of this.noted) {
      if (now - at < SEEN_EVERY_MS) return
      this.noted.delete(userId)
    }
  }
}
