/** Time is received. `now` is milliseconds since 1970, UTC. */
export interface Clock {
  now(): number
  /** Runs `task` once, `ms` from now; the answer cancels it. */
  after(ms: number, task: () => void): () => void
}
