import type { Ports } from './chat-node.ts'

type Time = Pick<Ports, 'clock' | 'ids' | 'report'>

/** Work that nobody waits for: its failures are reported, and `stop` waits for what is under way. */
export class Background {
  private readonly time: Time
  private readonly underWay = new Set<Promise<void>>()
  private readonly timers = new Set<() => void>()
  private stopped = false

  constructor(time: Time) {
    this.time = time
  }

  run(what: string, task: () => Promise<unknown>): void {
    if (this.stopped) return
    const done = this.attempt(what, task).then(() => {
      this.underWay.delete(done)
    })
    this.underWay.add(done)
  }

  /** Once, `ms` from now, unless the node stops before; the answer cancels it. */
  after(ms: number, task: () => void): () => void {
    if (this.stopped) return () => undefined
    const stop = this.time.clock.after(ms, () => {
      this.timers.delete(stop)
      task()
    })
    this.timers.add(stop)
    return () => {
      this.timers.delete(stop)
      stop()
    }
  }

  /** Again and again, never two at once, about `ms` after the last has ended: up to a tenth sooner or later, so that nodes fall out of step. */
  every(what: string, ms: number, task: () => Promise<unknown>): void {
    this.after(ms * (0.9 + 0.2 * this.time.ids.chance()), () =>
      this.run(what, async () => {
        await this.attempt(what, task)
        this.every(what, ms, task)
      }),
    )
  }

  async stop(): Promise<void> {
    this.stopped = true
    for (const stop of this.timers) stop()
    this.timers.clear()
    await Promise.all(this.underWay)
  }

  private async attempt(what: string, task: () => Promise<unknown>): Promise<void> {
    try {
      await task()
    } catch (cause) {
      this.time.report({ what, cause })
    }
  }
}
