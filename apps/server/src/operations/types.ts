import type { Readable } from 'node:stream'
import type { Input, OperationName, Output } from '@parley/contracts'
import type { CallContext, Caller } from '@parley/core'

/** What a request brings to say who calls, as a door has found it. Nothing in it is proved yet. */
export interface Credentials {
  /** A JWT. */
  readonly bearer: string | null
  readonly apiKey: string | null
  /** The console's session cookie; a door hands it over only from the server's own origin, see `transports/http/console-cookie.ts`. */
  readonly consoleCookie: string | null
  /** Open mode counts for this very request: it is on, connection and `Host` are loopback, nothing was forwarded. */
  readonly open: boolean
}

/** The key that open mode stands for. */
export const OPEN_KEY_ID = 'open'

export interface Authenticator {
  /**
   * Who calls: the first credential that is there, in the order of `Credentials`. Without any: open mode's key
   * (`{ kind: 'key', keyId: 'open' }`) where it counts, otherwise `{ kind: 'anyone' }`.
   * A credential that is there and wrong, old or revoked is `Failure('unauthorized')`; one that is good for something
   * else than this operation `Failure('forbidden')`.
   */
  identify(credentials: Credentials, operation?: OperationName): Promise<Caller>
}

export type Locale = 'en' | 'zh'

/** The console's cookie, where the door can set one: REST alone. */
export interface ConsoleCookie {
  set(token: string, seconds: number): void
  clear(): void
}

/** The file that comes with a request. Nothing of it is read before it is asked for. */
export interface Upload {
  /**
   * Hands it to `write` as it comes in, and reads the request to its end. More than `maxBytes` is `payload_too_large`; none,
   * several, or half a one is `validation_failed`, and what was written of it is to be thrown away.
   */
  receive(maxBytes: number, write: (content: Readable, name: string) => Promise<void>): Promise<void>
}

/** What a handler knows of the request besides its input. */
export interface ServerContext extends CallContext {
  /** The address that calls: the connection's, or the one a trusted proxy says. */
  readonly address: string
  readonly userAgent: string | null
  readonly locale: Locale
  readonly cookie: ConsoleCookie | null
  readonly open: boolean
  /** Only where the request brings a file, to an operation that takes one. */
  readonly upload?: Upload
}

export type Handler<N extends OperationName> = (context: ServerContext, input: Input<N>) => Promise<Output<N>>

/** One for each operation: the core's, and the server's own. */
export type Handlers = { readonly [N in OperationName]: Handler<N> }
