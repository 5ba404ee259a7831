import type { Clock } from '../../ports/clock.ts'
import { Heap } from './heap.ts'

interface Timer {
  readonly at: number
  readonly order: number
  readonly task: () => void
  cancelled: boolean
}

/** 2026-01-01, so that ids and times look as they do in life. */
const START = 1_767_225_600_000

/** Resolves when no promise has anything left to do: Node's `setImmediate`. The core itself has no such thing. */
export type Settle = () => Promise<void>

/** Time that stands still while there is work, and then jumps to the next timer. */
export class SimClock implements Clock {
  private time = START
  private order = 0
  private readonly timers = new Heap<Timer>((a, b) => a.at - b.at || a.order - b.order)
  private readonly settle: Settle

  constructor(settle: Settle) {
    this.settle = settle
  }

  now(): number {
    return this.time
  }

  after(ms: number, task: () => void): () => void {
    const timer: Timer = { at: this.time + Math.max(0, ms), order: this.order++, task, cancelled: false }
    this.timers.push(timer)
    return () => {
      timer.cancelled = true
    }
  }

  /** Resolves `ms` from now. */
  sleep(ms: number): Promise<void> {
    return new Promise(resolve => {
      this.after(ms, resolve)
    })
  }

  /** Lets `ms` pass, with all that happens in it. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms
    await this.settle()
    while (await this.step(end));
    this.time = end
  }

  /** Until the promise is settled; fails if nothing more can happen, or not within `limitMs`. */
  async until<T>(promise: Promise<T>, limitMs = 60_000): Promise<T> {
    let settled = false
    const end = this.time + limitMs
    const done = () => {
      settled = true
    }
    promise.then(done, done)
    await this.settle()
    while (!settled && (await this.step(end)));
    if (!settled) throw new Error(`nothing settled it within ${limitMs} ms`)
    return await promise
  }

  private async step(end: number): Promise<boolean> {
    const timer = this.timers.peek()
    if (!timer || timer.at > end) return false
    this.timers.pop()
    if (timer.cancelled) return true
    this.time = timer.at
    timer.task()
    await this.settle()
    return true
  }
}
