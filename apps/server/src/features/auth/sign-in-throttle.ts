import { Failure } from '@parley/contracts'
import type { Clock } from '@parley/core'
import { networkOf } from './network.ts'

const WINDOW_MS = 15 * 60_000

/**
 * Failed tries in a window, by what they have in common. The pair is the tight one: a stranger who guesses at a name
 * locks out himself and not, from afar, the one whose name it is. The name alone is held against many addresses.
 */
const LIMITS = { pair: 10, address: 50, username: 100 } as const

/** More keys than this are forgotten, oldest first: memory is bounded whoever tries. */
const KEYS_MAX = 100_000

interface Tries {
  count: number
  readonly endsAt: number
}

export interface SignInThrottle {
  /**
   * Counts a try before its password is looked at, so that tries sent at once are all counted; throws
   * `rate_limited` with `seconds`. The answer takes the try back: it was no guess.
   */
  attempt(username: string, address: string): () => void
}

export function createSignInThrottle(clock: Clock): SignInThrottle {
  const tries = new Map<string, Tries>()

  const current = (key: string): Tries => {
    const now = clock.now()
    const known = tries.get(key)
    if (known && known.endsAt > now) return known
    tries.delete(key)
    const fresh = { count: 0, endsAt: now + WINDOW_MS }
    tries.set(key, fresh)
    return fresh
  }

  return {
    attempt(username, address) {
      const counted = keysOf(username, address).map(({ key, limit }) => ({ tries: current(key), limit }))
      const full = counted.filter(row => row.tries.count >= row.limit).map(row => row.tries.endsAt)
      if (full.length > 0) throw tooMany(Math.max(...full) - clock.now())
      for (const row of counted) row.tries.count += 1
      forgetOldest(tries)
      return () => {
        for (const row of counted) row.tries.count -= 1
      }
    },
  }
}

const tooMany = (ms: number) => new Failure('rate_limited', { seconds: Math.max(1, Math.ceil(ms / 1000)) })

function keysOf(username: string, address: string) {
  const from = networkOf(address)
  return [
    { key: `pair ${from} ${username}`, limit: LIMITS.pair },
    { key: `address ${from}`, limit: LIMITS.address },
    { key: `username ${username}`, limit: LIMITS.username },
  ]
}

/** A Map keeps the order of insertion, and every window is equally long: the first is the one that ends first. */
function forgetOldest(tries: Map<string, Tries>) {
  for (const key of tries.keys()) {
    if (tries.size <= KEYS_MAX) return
    tries.delete(key)
  }
}
