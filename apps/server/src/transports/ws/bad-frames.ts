/** So many bad frames within the window close a connection: its client is broken, or means no good. */
const BAD_MAX = 5
const WINDOW_MS = 10_000

export class BadFrames {
  readonly #now: () => number
  #times: number[] = []

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** Counts one more. Is it one too many? */
  count(): boolean {
    const now = this.#now()
    this.#times = [...this.#times.filter(time => now - time < WINDOW_MS), now]
    return this.#times.length >= BAD_MAX
  }
}
