import { browserLocks, type Locks } from './sync/locks.ts'

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls back once after `ms`; answers with what cancels it. */
  after(ms: number, callback: () => void): () => void
}

/** What the device knows of the network and of the page; hints only. */
export interface Hints {
  online(): boolean
  /** Called when the network comes or goes, and when the page is looked at again. */
  subscribe(listener: () => void): () => void
}

/** Everything that is not the same twice. */
export interface Environment {
  readonly clock: Clock
  /** From 0 up to 1. */
  readonly random: () => number
  readonly uuid: () => string
  readonly fetch: typeof fetch
  /** For uploads, whose way `fetch` does not tell; `null`: the platform has none. */
  readonly XMLHttpRequest: typeof XMLHttpRequest | null
  readonly hints: Hints
  /** Lets one of several tabs send at a time; `null`: the platform has none. */
  readonly locks: Locks | null
}

const clock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

/** Version 4. `crypto.randomUUID` is missing on pages without HTTPS, where the widget may be embedded too. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const hints: Hints = {
  // Node and some web views don't know: then it is worth a try.
  online: () => globalThis.navigator?.onLine !== false,
  subscribe(listener) {
    const page = globalThis.window
    if (!page) return () => undefined
    const looked = () => {
      if (page.document.visibilityState === 'visible') listener()
    }
    const heard = ['online', 'offline', 'pageshow'] as const
    for (const event of heard) page.addEventListener(event, listener)
    page.document.addEventListener('visibilitychange', looked)
    return () => {
      for (const event of heard) page.removeEventListener(event, listener)
      page.document.removeEventListener('visibilitychange', looked)
    }
  },
}

export const platform = (): Environment => ({
  clock,
  random: Math.random,
  uuid,
  fetch: (...request) => globalThis.fetch(...request),
  XMLHttpRequest: globalThis.XMLHttpRequest ?? null,
  hints,
  locks: browserLocks(),
})
