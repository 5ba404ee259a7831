/** Counts what happens in windows of time: in memory on one node, elsewhere for many. */
export interface RateCounter {
  /**
   * Counts `by` more of `key`, one by default, in its window, which begins with the first. Answers null while no more
   * than `limit` have come, otherwise how long the window still lasts. Milliseconds.
   */
  hit(key: string, limit: number, windowMs: number, by?: number): Promise<number | null>
}
