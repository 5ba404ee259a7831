import type { Identify, Message } from './contract-types.ts'

/** What a page may set of the widget. A value that is left out stays as it was. */
export interface WidgetOptions {
  /** BCP 47, such as `en` or `zh-CN`. */
  readonly locale?: string
  readonly theme?: 'light' | 'dark' | 'auto'
  /** `#rrggbb` */
  readonly accent?: string
  /** Free data that the operator sees: a JSON object of at most 8 kB. */
  readonly metadata?: Readonly<Record<string, unknown>>
}

export interface WidgetEvents {
  ready: undefined
  open: undefined
  close: undefined
  /** Messages that came while the widget was closed. */
  unread: { readonly count: number }
  message: { readonly id: string; readonly text: string; readonly senderType: Message['senderType'] }
  /** It was taken back or deleted: whoever shows its text takes it away. Of messages that this page was told. */
  recalled: { readonly id: string }
  ended: { readonly sessionId: string; readonly reason: string | null }
}

export type WidgetListener<E extends keyof WidgetEvents> = (data: WidgetEvents[E]) => void

type Listening = {
  [E in keyof WidgetEvents]: [command: 'on' | 'off', event: E, listener: WidgetListener<E>]
}[keyof WidgetEvents]

export type WidgetCommand =
  | [command: 'identify', identity: Identify]
  | [command: 'open' | 'close' | 'toggle' | 'logout' | 'destroy']
  | [command: 'set', options: WidgetOptions]
  | Listening

/**
 * The page's `parley(…)`. Before the script has loaded the page's snippet keeps commands in `q`; the script then
 * carries them out in order and takes the function over.
 */
export interface ParleyEmbed {
  (...command: WidgetCommand): void
  /** An array before the script has loaded; afterwards what is pushed is carried out at once. */
  q?: { push(command: Iterable<unknown>): unknown }
}

declare global {
  interface Window {
    parley?: ParleyEmbed
  }
}
