import type { WidgetEvents } from '@parley/sdk/embed'
import { attempt } from './attempt.ts'
import { wrong } from './check.ts'

type Name = keyof WidgetEvents
type Listener = (data: unknown) => void

/** The host page's listeners: one that throws is the page's own affair, and the others still hear. */
export function createEvents() {
  const listeners: Readonly<Record<Name, Set<Listener>>> = {
    ready: new Set(),
    open: new Set(),
    close: new Set(),
    unread: new Set(),
    message: new Set(),
    ended: new Set(),
  }
  return {
    /** Those of an event by its name, which a page may have misspelt. */
    of: (event: unknown) => listeners[event as Name] ?? wrong(`event ${event}`),
    emit<E extends Name>(event: E, ...[data]: undefined extends WidgetEvents[E] ? [] : [WidgetEvents[E]]) {
      for (const listener of listeners[event]) attempt(() => listener(data), reportError)
    },
  }
}

export type Events = ReturnType<typeof createEvents>
