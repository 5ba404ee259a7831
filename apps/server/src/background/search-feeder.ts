import type { Bus, Clock } from '@parley/core'
import type { Report } from './repeatedly.ts'
import { type SearchIndex, TOLD_MAX } from './search-index.ts'

/** What the bus tells of is gathered for so long, so that one step takes in many messages. Milliseconds. */
export const GATHER_MS = 250
/** A stretch of the sessions is looked through, for what the bus did not tell of. Milliseconds. */
export const LOOK_EVERY_MS = 2000
/** With each failure in a row the next try is put off twice as long, up to this. Milliseconds. */
export const BACK_OFF_MAX_MS = 30_000
/** Sessions of one step. */
const AT_ONCE = 200
/** Beyond, nothing is noted any more: looking finds it. */
const NOTED_MAX = 10_000

interface Parts {
  readonly index: Pick<SearchIndex, 'feed' | 'look'>
  readonly bus: Pick<Bus, 'subscribe'>
  readonly clock: Clock
  readonly report: Report
}

/**
 * Feeds the search index in small steps behind everyone's back: soon after the bus has told of a change, and with whatever a
 * look finds, at first through all sessions. One of all nodes at a time does it; where it stops, the others go on.
 */
export class SearchFeeder {
  private readonly parts: Parts
  private readonly noted = new Set<string>()
  private readonly unsubscribe: () => void
  private after = ''
  private nextLook = 0
  private failures = 0
  private stopped = false
  private resting = false
  private cancel: () => void = () => undefined
  private running = Promise.resolve()

  constructor(parts: Parts) {
    this.parts = parts
    this.unsubscribe = parts.bus.subscribe(message => {
      if (message.kind === 'change') this.hear(message.sessionId)
    })
    this.runIn(0)
  }

  /** Resolves when the step that is under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true
    this.unsubscribe()
    this.cancel()
    await this.running
  }

  private hear(sessionId: string): void {
    this.note([sessionId])
    if (!this.resting || this.failures > 0) return
    this.cancel()
    this.runIn(GATHER_MS)
  }

  private note(sessionIds: readonly string[]): void {
    for (const id of sessionIds) if (this.noted.size < NOTED_MAX) this.noted.add(id)
  }

  private runIn(ms: number): void {
    this.resting = false
    this.cancel = this.parts.clock.after(ms, () => {
      this.resting = false
      this.running = this.run()
    })
  }

  private async run(): Promise<void> {
    try {
      await this.catchUp()
      this.failures = 0
    } catch (cause) {
      this.failures += 1
      this.parts.report({ what: 'feeding the search index', cause })
    }
    if (!this.stopped) this.rest()
  }

  private rest(): void {
    this.runIn(this.restMs())
    this.resting = true
  }

  private restMs(): number {
    if (this.failures > 0) return Math.min(BACK_OFF_MAX_MS, GATHER_MS * 2 ** this.failures)
    return this.noted.size > 0 ? GATHER_MS : Math.max(0, this.nextLook - this.parts.clock.now())
  }

  private async catchUp(): Promise<void> {
    await this.feed()
    while (!this.stopped && this.noted.size === 0 && this.parts.clock.now() >= this.nextLook) {
      await this.look()
      await this.feed()
    }
  }

  /** The next stretch at once, where this one has more to tell or the first round is not over. */
  private async look(): Promise<void> {
    const first = this.nextLook === 0
    const { behind, next } = await this.parts.index.look(this.after)
    this.note(behind)
    if (behind.length === TOLD_MAX) return
    this.after = next ?? ''
    if (next === null || !first) this.nextLook = this.parts.clock.now() + LOOK_EVERY_MS
  }

  /** Until nothing is noted any more, or another node is at it. */
  private async feed(): Promise<void> {
    while (this.noted.size > 0 && !this.stopped) {
      const done = await this.parts.index.feed([...this.noted].slice(0, AT_ONCE))
      if (done === null) return
      for (const id of done) this.noted.delete(id)
    }
  }
}
