import { CODE_RETRY_SECONDS } from '@parley/contracts'

const HOUR_MS = 3_600_000
const PER_HOUR = 5

/** How many codes may be sent within a time, to a number or for an address. Milliseconds. */
export interface Allowance {
  readonly of: 'phone' | 'address'
  readonly count: number
  readonly withinMs: number
  /** Those too that nobody knows to have been sent. */
  readonly countsUnanswered: boolean
}

/** What counts for no allowance any more. */
export const ALLOWANCE_MS = HOUR_MS

export const allowances = (perAddressAndHour: number): Allowance[] => [
  // A provider that does not answer shall keep nobody waiting; but it must not be a way to flood a phone either.
  { of: 'phone', count: 1, withinMs: CODE_RETRY_SECONDS * 1000, countsUnanswered: false },
  { of: 'phone', count: PER_HOUR, withinMs: HOUR_MS, countsUnanswered: true },
  ...(perAddressAndHour === 0
    ? []
    : [{ of: 'address', count: perAddressAndHour, withinMs: HOUR_MS, countsUnanswered: true } as const]),
]
