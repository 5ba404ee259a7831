import type { Environment } from './environment.ts'
import type { ParleyError } from './errors.ts'

const FIRST_DELAY_MS = 500
export const LONGEST_DELAY_MS = 10_000

/**
 * Exponential backoff with full jitter, `attempt` from 1: thousands of clients of a restarted server come back
 * spread out. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const backoff = (attempt: number, random: () => number): number =>
  random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1))

export interface Retry {
  /** Tries that failed in a row. */
  readonly tries: number
  readonly isWaiting: boolean
  /** Does the work later: never before the server has said it may. */
  later(error: ParleyError, work: () => void): void
  /** Not now after all; the count goes on. */
  cancel(): void
  /** It has succeeded, or starts from the beginning. */
  reset(): void
}

export function createRetry({ clock, random }: Pick<Environment, 'clock' | 'random'>): Retry {
  let tries = 0
  let stop: (() => void) | null = null
  const cancel = () => {
    stop?.()
    stop = null
  }
  return {
    get tries() {
      return tries
    },
    get isWaiting() {
      return stop !== null
    },
    later({ retryAfterMs }, work) {
      cancel()
      tries += 1
      stop = clock.after(Math.max(backoff(tries, random), retryAfterMs ?? 0), () => {
        stop = null
        work()
      })
    },
    cancel,
    reset() {
      cancel()
      tries = 0
    },
  }
}
