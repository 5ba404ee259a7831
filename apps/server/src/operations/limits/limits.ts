import { Failure } from '@parley/contracts'
import type { Caller } from '@parley/core'
import type { Settings } from '../../config/settings.ts'
import type { RateCounter } from './rate-counter.ts'

const MINUTE_MS = 60_000
/** An integrator's server speaks for many. */
const KEY_FACTOR = 10

/** Each throws `rate_limited` with the seconds to wait. */
export interface Limits {
  /** One more request of a token or key, or of an address without one. */
  request(caller: Caller, address: string): Promise<void>
  /** So many more messages of a sender, one by default; a key's count for the key alone. */
  send(caller: Caller, address: string, messages?: number): Promise<void>
}

export function createLimits(
  settings: Pick<Settings, 'rateLimitPerMinute' | 'sendLimitPerMinute'>,
  counter: RateCounter,
): Limits {
  const count = (what: string, key: string, perMinute: number, by = 1): Promise<void> =>
    perMinute === 0 ? UNLIMITED : counter.hit(`${what}:${key}`, perMinute, MINUTE_MS, by).then(within)
  return {
    request: (caller, address) =>
      count('request', tokenOf(caller, address), settings.rateLimitPerMinute * factorOf(caller)),
    send: (caller, address, messages = 1) =>
      count('send', senderOf(caller, address), settings.sendLimitPerMinute * factorOf(caller), messages),
  }
}

const UNLIMITED = Promise.resolve()

function within(waitMs: number | null): void {
  if (waitMs !== null) throw new Failure('rate_limited', { seconds: Math.max(1, Math.ceil(waitMs / 1000)) })
}

const factorOf = (caller: Caller): number => (caller.kind === 'key' ? KEY_FACTOR : 1)

function tokenOf(caller: Caller, address: string): string {
  if (caller.kind === 'person') return `login:${caller.loginId}`
  return caller.kind === 'key' ? `key:${caller.keyId}` : `address:${address}`
}

const senderOf = (caller: Caller, address: string): string =>
  caller.kind === 'person' ? `user:${caller.userId}` : tokenOf(caller, address)
