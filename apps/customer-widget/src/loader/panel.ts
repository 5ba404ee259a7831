import type { WidgetSettings } from '@parley/contracts'
import type { WidgetOptions } from '@parley/sdk/embed'
import type { Identity, PageState, ToHost } from '../bridge/protocol.ts'
import { attempt } from './attempt.ts'
import { complain } from './check.ts'
import type { Events } from './events.ts'
import { createFrame } from './frame.ts'
import type { KeptHere } from './kept.ts'
import type { Place } from './place.ts'
import { createSurface } from './surface.ts'
import { textsFor } from './texts.ts'

/** In the tab's own storage: is the panel open? */
const OPEN = 'parley open'
/** A phone, held either way: the panel covers the page. CSS pixels. */
const PHONE = '(max-width:480px),(max-height:480px)'

/** What the page's commands have said. */
export interface Wanted {
  options: WidgetOptions
  identity: Identity | null
  /** `null`: nothing; then it is as it was before the reload. */
  open: boolean | null
}

export interface Panel {
  readonly host: HTMLElement
  /** Without `open`: the other way round. */
  show(open?: boolean): void
  /** Something else is wanted. */
  changed(): void
  /** The visitor is forgotten, here or in another tab: the app begins anew and knows nothing. */
  restart(): void
}

/** The button, the panel and the app in it. (Names of properties are bytes on every page; those of parameters are not.) */
export function createPanel(
  place: Place,
  settings: WidgetSettings,
  events: Events,
  kept: KeptHere,
  wanted: Wanted,
  stop: AbortSignal,
): Panel {
  const { host, box, button, iframe, draw } = createSurface()
  let open = false
  let focus = false
  let unread = 0
  let focusedBefore: HTMLElement | null = null

  const state = (): PageState => {
    const { options, identity } = wanted
    const languages = [options.locale, document.documentElement.lang, ...navigator.languages]
    return { settings, options, identity, open, focus, page: location.pathname, languages }
  }
  const frame = createFrame(iframe, place, stop, state, heard)

  const render = () => {
    const { accent = settings.accent, theme = 'auto' } = wanted.options
    const full = matchMedia(PHONE).matches
    const texts = textsFor(state().languages)
    draw({ accent, theme, corner: settings.corner, texts, open, full, unread })
  }
  const changed = () => {
    render()
    // Lazily: a page whose visitor has never written and does not open the panel loads no app.
    const needed = open || wanted.identity || kept.token()
    if (needed && !iframe.isConnected) box.append(iframe)
    frame.tell(['state', state()])
  }

  function show(next = !open): void {
    if (next === open) return
    const focused = document.activeElement as HTMLElement | null
    open = focus = next
    attempt(() => sessionStorage.setItem(OPEN, open ? '1' : ''))
    changed()
    if (open) {
      focusedBefore = focused
      iframe.focus()
    } else if (focused === host) {
      // Where it was before, unless that was the page as a whole or this button.
      button.focus()
      focusedBefore?.focus()
    }
    events.emit(open ? 'open' : 'close')
  }

  function heard([what, first, second]: ToHost): void {
    if (what === 'keep') frame.tell(['kept', first, kept.answer(second)])
    else if (what === 'close') show(false)
    else if (what === 'failed') complain(first)
    else if (first === 'unread') setUnread(second.count)
    else events.emit(first, second)
  }
  const setUnread = (count: number) => {
    if (count === unread) return
    unread = count
    render()
    events.emit('unread', { count })
  }
  const restart = () => {
    wanted.identity = null
    frame.unload()
    setUnread(0)
    changed()
  }

  button.onclick = () => show()
  button.onkeydown = ({ key }) => {
    if (key === 'Escape') show(false)
  }
  for (const event of ['resize', 'scroll'])
    (visualViewport as VisualViewport).addEventListener(event, render, { signal: stop })
  kept.watch(
    token => (token ? changed() : restart()),
    () => frame.tell(['elsewhere']),
    stop,
  )
  if (wanted.open) show(true)
  // A reload: the focus stays where the page wants it.
  else open = wanted.open ?? !!attempt(() => sessionStorage[OPEN])
  changed()
  return { host, show, changed, restart }
}
