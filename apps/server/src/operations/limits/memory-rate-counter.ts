import type { RateCounter } from './rate-counter.ts'

interface Window {
  count: number
  readonly endsAt: number
}

/** Windows that are over are swept so often at most, whatever the traffic. Milliseconds. */
const SWEEP_EVERY_MS = 60_000

export class MemoryRateCounter implements RateCounter {
  readonly #windows = new Map<string, Window>()
  readonly #now: () => number
  #sweptAt: number

  constructor(now: () => number = Date.now) {
    this.#now = now
    this.#sweptAt = now()
  }

  /** Windows that are kept. */
  get size(): number {
    return this.#windows.size
  }

  hit(key: string, limit: number, windowMs: number, by = 1): Promise<number | null> {
    const now = this.#now()
    if (now - this.#sweptAt >= SWEEP_EVERY_MS) this.#sweep(now)
    const window = this.#window(key, now, windowMs)
    window.count += by
    return Promise.resolve(window.count <= limit ? null : window.endsAt - now)
  }

  #window(key: string, now: number, windowMs: number): Window {
    const known = this.#windows.get(key)
    if (known && known.endsAt > now) return known
    const fresh = { count: 0, endsAt: now + windowMs }
    this.#windows.set(key, fresh)
    return fresh
  }

  #sweep(now: number): void {
    this.#sweptAt = now
    for (const [key, window] of this.#windows) if (window.endsAt <= now) this.#windows.delete(key)
  }
}
