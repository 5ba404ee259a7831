import type { WidgetSettings } from '@parley/contracts'
import type { WidgetCommand, WidgetEvents, WidgetOptions } from '@parley/sdk/embed'

/**
 * How the loader (on the host's page) and the chat app (in an iframe of the server's origin) speak. The app says
 * `HELLO` to the page whose origin stands in its hash; the loader answers it with `WELCOME` and one end of
 * a MessageChannel. Both look at where these two come from; everything after them goes through the channel, and begins
 * with the page's state.
 */
export const HELLO = 'parley:hello'
export const WELCOME = 'parley:welcome'

/** What is asked of the host page's storage, where the visitor's token and unsent messages are kept. */
export type KeptRequest =
  | readonly [ask: 'getItem' | 'removeItem', key: string]
  | readonly [ask: 'setItem', key: string, value: string]
  /** Those that begin so. */
  | readonly [ask: 'keys', start: string]
export type Kept = string | null | readonly string[]

/** Begins the key under which the SDK keeps the visitor's token. */
export const KEPT_PREFIX = 'v1'
export const TOKEN_KEY = `${KEPT_PREFIX}/token`

export type Identity = Extract<WidgetCommand, ['identify', unknown]>[1]

/** All that the app is told of the page; it is told all of it whenever something changes. */
export interface PageState {
  readonly settings: WidgetSettings
  readonly options: WidgetOptions
  /** Whom the page says the visitor is. */
  readonly identity: Identity | null
  readonly open: boolean
  /** Somebody has opened it just now, and wants to write. */
  readonly focus: boolean
  /** The host page's path, for the operator. */
  readonly page: string
  /** What the page asks for, is written in, and the browser prefers; BCP 47. */
  readonly languages: readonly (string | undefined)[]
}

export type ToApp =
  | readonly [what: 'state', state: PageState]
  /** `undefined`: the page's storage refuses. */
  | readonly [what: 'kept', id: number, value: Kept | undefined]
  /** Another tab of this browser has changed what is kept. */
  | readonly [what: 'elsewhere']

/** What happens in the app; the rest of the page's events happen in the loader. */
export type AppEvent = 'unread' | 'message' | 'recalled' | 'ended'
type Told = { [E in AppEvent]: readonly [what: 'event', event: E, data: WidgetEvents[E]] }[AppEvent]

export type ToHost =
  | Told
  | readonly [what: 'keep', id: number, request: KeptRequest]
  | readonly [what: 'close']
  /** For the page's developer. */
  | readonly [what: 'failed', message: string]
