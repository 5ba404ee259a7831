import { useEffect, useRef } from 'react'

export const SHORTCUTS = [
  'next',
  'previous',
  'open',
  'end',
  'transfer',
  'status',
  'search',
  'help',
  'back',
] as const
export type Shortcut = (typeof SHORTCUTS)[number]

/** One list for the keyboard and for what `?` shows. */
export const KEYS: Readonly<Record<Shortcut, string>> = {
  next: 'j',
  previous: 'k',
  open: 'Enter',
  end: 'e',
  transfer: 't',
  status: 's',
  search: '/',
  help: '?',
  back: 'Escape',
}

interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly isComposing: boolean
  readonly defaultPrevented: boolean
  readonly target: EventTarget | null
}

const WRITES = 'input, textarea, select, [contenteditable]'
/** A layer that takes the keys for itself. */
const LAYER = '[role="dialog"], [role="alertdialog"], [role="menu"]'
/** What Enter already presses. */
const PRESSES = 'a, button, summary, [role="button"]'

/** What a key means here, if anything: letters are letters where somebody writes, and a layer has its own keys. */
function shortcutOf(press: KeyPress): Shortcut | null {
  if (press.defaultPrevented || press.isComposing) return null
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  const found = SHORTCUTS.find(name => KEYS[name] === press.key) ?? null
  const at = press.target instanceof Element ? press.target : null
  if (at?.closest(LAYER)) return null
  if (at?.closest(WRITES)) return found === 'back' ? found : null
  if (found === 'open' && at?.closest(PRESSES)) return null
  return found
}

export type ShortcutHandlers = Partial<Record<Shortcut, () => void>>

/** Newest `handlers`; they need not be memoised. A shortcut without one is left to the browser. */
export function useShortcuts(handlers: ShortcutHandlers): void {
  const newest = useRef(handlers)
  useEffect(() => {
    newest.current = handlers
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const name = shortcutOf(event)
      const act = name && newest.current[name]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
