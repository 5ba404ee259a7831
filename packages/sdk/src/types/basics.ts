import type { OpenLink } from '../connection/link.ts'
import type { Environment } from '../environment.ts'
import type { FailureCode } from '../errors.ts'

/** What `useSyncExternalStore` wants: snapshots are immutable and keep their identity until something changes. */
export interface Observable<T> {
  subscribe(listener: () => void): () => void
  getSnapshot(): T
}

/**
 * Where unsent messages and a visitor's token are kept. May answer at once or later; one that throws is
 * replaced by memory. Default: `localStorage`.
 */
export interface KeyValue {
  get(key: string): string | null | Promise<string | null>
  set(key: string, value: string): void | Promise<void>
  remove(key: string): void | Promise<void>
  keys(prefix: string): readonly string[] | Promise<readonly string[]>
}

/** A token that somebody else looks after. */
export interface TokenAuth {
  readonly kind: 'token'
  /** `null`: nobody yet; the client stays idle until `connect()` is called again. */
  get(): string | null | Promise<string | null>
  /** Called once when the server no longer takes the token. `null`: there is no new one. */
  renew?(): string | null | Promise<string | null>
}

/** The console: the browser's cookie, on the server's own origin. */
export interface CookieAuth {
  readonly kind: 'cookie'
}

/**
 * A website's visitor. The client keeps the token in `storage`; an anonymous one is made when the visitor first
 * writes, and `client.identify()` turns it into a known user.
 */
export interface VisitorAuth {
  readonly kind: 'visitor'
  /** The display name of a new anonymous visitor. */
  readonly name?: string
}

/** An account that signs in by phone or password: the client keeps its tokens and renews them (`client.login`). */
export interface LoginAuth {
  readonly kind: 'login'
}

export type Auth = TokenAuth | CookieAuth | VisitorAuth | LoginAuth

export interface ParleyOptions {
  /** The server's origin, such as `https://chat.example.com`. */
  readonly url: string
  readonly auth: Auth
  readonly storage?: KeyValue
  /** Begins every key in `storage`. Default `parley`; give each client that shares a storage its own. */
  readonly keyPrefix?: string
  readonly link?: OpenLink
  /** Time, chance and the browser, for tests and for other platforms. */
  readonly environment?: Partial<Environment>
}

/** Times are milliseconds since 1970. */
export type ConnectionState =
  | { readonly status: 'idle' }
  | { readonly status: 'connecting' }
  | { readonly status: 'online' }
  /** `attempt` counts from 1. */
  | { readonly status: 'reconnecting'; readonly since: number; readonly attempt: number }
  /** The device says it has no network; tries go on, rarely. */
  | { readonly status: 'offline'; readonly since: number; readonly attempt: number }
  /**
   * The server will not have us: `unauthorized` (sign in, then `connect()`), `protocol_outdated` (reload the page).
   * No further tries until `connect()`.
   */
  | { readonly status: 'refused'; readonly code: FailureCode }
