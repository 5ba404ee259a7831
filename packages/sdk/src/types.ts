import type { OpenLink } from './connection/link.ts'
import type {
  Identify,
  Me,
  Message,
  MessageFile,
  Operator,
  OperatorCard,
  RawInput,
  SenderType,
  Session,
  SessionList,
} from './contract-types.ts'
import type { Environment } from './environment.ts'
import type { FailureCode, ParleyError } from './errors.ts'
import type { CallArguments, CallOutput } from './rest/route.ts'
import type { RestOperation } from './rest/routes.ts'
import type { VisitorOperation } from './rest/visitor-routes.ts'

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

export type Auth = TokenAuth | CookieAuth | VisitorAuth

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

interface TimelineFields {
  /** Stays the same from the moment a message is written: a good React key. */
  readonly key: string
  readonly mine: boolean
  readonly senderId: string
  readonly senderType: SenderType
  readonly text: string
  readonly type: Message['type']
  readonly file: MessageFile | null
  readonly replyTo: string | null
  /** ISO 8601; of an unsent one, this device's clock. */
  readonly createdAt: string
}

/** `received`: somebody else's. The others: one's own, and how far it has come. */
export interface StoredMessage extends TimelineFields {
  readonly state: 'received' | 'sent' | 'delivered' | 'read'
  readonly id: string
  readonly seq: number
  readonly clientMessageId: string | null
  readonly recalled: boolean
  readonly reactions: Message['reactions']
}

export interface WaitingMessage extends TimelineFields {
  readonly state: 'waiting'
  readonly clientMessageId: string
}

/** Refused; it stays until `retry` or `discard`. `stale`: unsent for a day, so it is not sent unasked. */
export interface FailedMessage extends TimelineFields {
  readonly state: 'failed'
  readonly clientMessageId: string
  readonly code: FailureCode
}

export type UnsentMessage = WaitingMessage | FailedMessage
export type TimelineMessage = StoredMessage | UnsentMessage

export interface Writer {
  readonly userId: string
  readonly userType: SenderType
}

export interface SessionSnapshot {
  /** `null`: a draft, which its first message starts. */
  readonly id: string | null
  readonly session: Session | null
  /** The server's messages in the order of `seq` without holes, then one's own unsent ones in the order written. */
  readonly messages: readonly TimelineMessage[]
  readonly hasOlder: boolean
  /** The newest page is on its way, and nothing is shown yet. */
  readonly loading: boolean
  readonly loadingOlder: boolean
  /** Who is writing now, besides oneself. */
  readonly typing: readonly Writer[]
  /** Everything up to this `seq` is read by the caller. */
  readonly readSeq: number
  readonly unreadCount: number
  /** The `seq` of the first message that was unread when this handle was loaded: where to draw the line, until one answers. */
  readonly unreadFrom: number | null
  /** What keeps the session from being shown, such as `not_found`. */
  readonly error: ParleyError | null
}

export interface SendOptions {
  readonly type?: Message['type']
  readonly fileUrl?: string
  readonly fileName?: string
  /** Bytes. */
  readonly fileSize?: number
  readonly replyTo?: string
}

/**
 * A session. Loaded and kept up to date while somebody is subscribed, and for a minute after the last has gone.
 * `client.session(id)` answers with the same handle as long as it lives.
 */
export interface SessionHandle extends Observable<SessionSnapshot> {
  /** Resolves once the session has been shown for the first time; rejects if it can't be. */
  ready(): Promise<void>
  /**
   * Shown at once as `waiting`, kept over reloads, sent in order. Answers with its `clientMessageId`. A blank text
   * without a file throws `validation_failed`. (The longest text is the server's setting: too long is `failed`.)
   */
  send(text: string, options?: SendOptions): string
  /** Sends a failed message again, with the same id. */
  retry(clientMessageId: string): void
  /** Drops an unsent message for good. One that is on its way may still arrive. */
  discard(clientMessageId: string): void
  /** Call it on every key stroke and on leaving the field; what goes out is throttled. */
  typing(on: boolean): void
  loadOlder(): Promise<void>
  /** Everything up to `seq` (default: all that is shown) is read. Sent when online; going back has no effect. */
  markRead(seq?: number): void
  /** Starts a draft now, without a message. Of a session that is there: no effect. */
  start(): Promise<void>
  end(reason?: string): Promise<void>
  /** Lets go of what it holds at once; a later subscription loads it again. Unsent messages stay. */
  release(): void
}

export interface ListSnapshot {
  /** Queue: its order. Active: the queue, then the others, latest first. Mine, team: latest first. */
  readonly sessions: readonly Session[]
  /** May be more than `sessions` holds (100 at most when first loaded). */
  readonly total: number
  readonly loading: boolean
  readonly error: ParleyError | null
}

export interface OperatorsSnapshot {
  readonly operators: readonly Operator[]
  readonly loading: boolean
  readonly error: ParleyError | null
}

/** For sounds, notifications and badges. Each thing is told once, whichever way it came. */
export interface ParleyEvents {
  /** A message of somebody else. `live: false`: it was missed and has been caught up. */
  message: { readonly message: Message; readonly session: Session | null; readonly live: boolean }
  /** A session that this client hears has changed. */
  session: { readonly session: Session; readonly previous: Session | null }
  assigned: { readonly session: Session; readonly operator: OperatorCard }
  ended: { readonly session: Session }
  /** `appeared`: it was not in the list before. Only for lists that somebody is subscribed to. */
  listed: { readonly list: SessionList; readonly session: Session; readonly appeared: boolean }
  /** Somebody has entered the session, or their last connection there has gone. */
  presence: { readonly sessionId: string; readonly userId: string; readonly here: boolean }
  /** A message of one's own has been stored, or was refused. */
  sent: { readonly message: Message }
  failed: { readonly clientMessageId: string; readonly sessionId: string | null; readonly error: ParleyError }
}

export type StartInput = Omit<RawInput<'session.start'>, 'userId' | 'userType'>

/** What every client can do. A visitor's page gets no more than this, in fewer bytes: `@parley/sdk/visitor`. */
export interface VisitorClient {
  readonly connection: Observable<ConnectionState>
  /** Who the credential stands for; `null` until the server (or what is kept of an earlier visit) has said. */
  readonly me: Observable<Me | null>
  /** Any other use that needs a connection opens one too. Also the way out of `refused`, and "try now" while reconnecting. */
  connect(): void
  /** Back to `idle`. What is shown stays, what is unsent is kept. */
  disconnect(): void
  /** Ends everything for good. What is unsent is kept for the next visit. */
  close(): void

  /** One request over REST. A token the server no longer takes is renewed once. Rejects with a `ParleyError`. */
  call<N extends VisitorOperation>(operation: N, ...input: CallArguments<N>): Promise<CallOutput<N>>

  session(sessionId: string): SessionHandle
  /** A support session that its first message starts (or continues, if the caller has an open one). */
  draftSession(input?: StartInput): SessionHandle
  /** The caller's open support session, or a draft with unsent messages, as after a reload. `null`: there is none. */
  openSession(): Promise<SessionHandle | null>
  /** Does storage know of an open session or an unsent message? If not, a widget need not connect before it is used. */
  remembersSession(): Promise<boolean>

  on<E extends keyof ParleyEvents>(event: E, listener: (data: ParleyEvents[E]) => void): () => void

  /** `auth: visitor` only: become the user whom the hash proves; the open session and unsent messages come along. */
  identify(identity: Identify): Promise<void>
  /** Forgets who one is and everything that is kept, and goes back to `idle`. */
  forget(): Promise<void>
}

/** All of it, for staff, bots and Node. */
export interface ParleyClient extends Omit<VisitorClient, 'call'> {
  /** One request over REST. A token the server no longer takes is renewed once. Rejects with a `ParleyError`. */
  call<N extends RestOperation>(operation: N, ...input: CallArguments<N>): Promise<CallOutput<N>>
  /** Staff. Watched while somebody is subscribed. */
  list(name: SessionList): Observable<ListSnapshot>
  /** Staff. Live while somebody is subscribed. */
  operators(): Observable<OperatorsSnapshot>
}
