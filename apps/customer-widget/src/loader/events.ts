import type { WidgetEvents } from '@parley/sdk/embed'
import { attempt } from './attempt.ts'
import { wrong } from './check.ts'

type Name = keyof WidgetEvents
type Listener = (data: unknown) => void

const NAMES: readonly Name[] = ['ready', 'open', 'close', 'unread', 'message', 'recalled', 'ended']

/** The host page's listeners: one that throws is the page's own affair, and the others still hear. */
export function createEvents() {
  const all = new Map<unknown, Set<Listener>>(NAMES.map(name => [name, new Set()]))
  /** Those of an event by its name, which a page may have misspelt. */
  const of = (event: unknown) => all.get(event) ?? wrong(`event ${event}`)
  return {
    of,
    emit<E extends Name>(event: E, ...[data]: undefined extends WidgetEvents[E] ? [] : [WidgetEvents[E]]) {
      for (const listener of of(event)) attempt(() => listener(data), reportError)
    },
  }
}

export type Events = ReturnType<typeof createEvents>
