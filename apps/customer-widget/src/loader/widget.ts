import type { WidgetCommand } from '@parley/sdk/embed'
import { checked, type Given, IDENTITY, OPTIONS, wrong } from './check.ts'
import { createEvents } from './events.ts'
import { keptHere } from './kept.ts'
import { leave } from './leave.ts'
import { createPanel, type Panel, type Wanted } from './panel.ts'
import type { Place } from './place.ts'
import { askSettings } from './settings.ts'

/** Given by a page, which may give anything. */
type Command = (...given: never[]) => void
export type Commands = Readonly<Record<WidgetCommand[0], Command> & { __proto__: null }>

/** The widget of a page: its commands, before the server has said how it looks and after. */
export function createWidget(place: Place, gone: () => void): Commands {
  const { server, siteId } = place
  const kept = keptHere(`parley ${server} ${siteId}/`)
  const events = createEvents()
  const stopped = new AbortController()
  const stop = stopped.signal
  const wanted: Wanted = { options: {}, identity: null, open: null }
  let panel: Panel | null = null

  void askSettings(place, stop, settings => {
    panel = createPanel(place, settings, events, kept, wanted, stop)
    events.emit('ready')
  })
  const show = (open?: boolean) => {
    wanted.open = open ?? !wanted.open
    panel?.show(open)
  }
  return {
    __proto__: null,
    identify(given: Given) {
      wanted.identity = checked(given, IDENTITY)
      panel?.changed()
    },
    open: () => show(true),
    close: () => show(false),
    toggle: () => show(),
    set(given: Given) {
      wanted.options = { ...wanted.options, ...checked(given, OPTIONS) }
      panel?.changed()
    },
    on(event: unknown, listener?: () => void) {
      if (!listener?.call) wrong('listener')
      events.of(event).add(listener)
      // Being ready is a state: whoever asks late is told too.
      if (event === 'ready' && panel) listener()
    },
    off(event: unknown, listener: () => void) {
      events.of(event).delete(listener)
    },
    logout() {
      wanted.identity = null
      leave(server, kept)
      panel?.restart()
    },
    destroy() {
      stopped.abort()
      panel?.host.remove()
      gone()
    },
  }
}
