import { useSyncExternalStore } from 'react'

export const SESSION_VIEWS = ['mine', 'queue', 'all', 'history'] as const
/** The lists of sessions as the console shows them. */
export type SessionView = (typeof SESSION_VIEWS)[number]

export const SETTINGS_PAGES = ['profile', 'preferences', 'operators', 'site', 'keys', 'embed'] as const
export type SettingsPage = (typeof SETTINGS_PAGES)[number]

export type Route =
  | { readonly place: 'sessions'; readonly view: SessionView; readonly sessionId: string | null }
  | {
      readonly place: 'team'
      readonly sessionId: string | null
      /** The message to go to. */
      readonly seq: number | null
    }
  | { readonly place: 'settings'; readonly page: SettingsPage | null }

const HOME: Route = { place: 'sessions', view: 'mine', sessionId: null }

const isView = (value: string | undefined): value is SessionView => SESSION_VIEWS.some(view => view === value)
const seqOf = (value: string | undefined): number | null =>
  value !== undefined && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : null
const isPage = (value: string | undefined): value is SettingsPage =>
  SETTINGS_PAGES.some(page => page === value)

/** An address that nobody knows leads home. */
export function parseRoute(hash: string): Route {
  const [place, second, third] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decoded)
  if (place === 'team') return { place, sessionId: second || null, seq: second ? seqOf(third) : null }
  if (place === 'settings') return { place, page: isPage(second) ? second : null }
  if (place === 'sessions' && isView(second)) return { place, view: second, sessionId: third || null }
  return HOME
}

export function formatRoute(route: Route): string {
  const parts: (string | null)[] = [route.place]
  if (route.place === 'settings') parts.push(route.page)
  if (route.place === 'sessions') parts.push(route.view, route.sessionId)
  if (route.place === 'team') parts.push(route.sessionId, route.seq === null ? null : String(route.seq))
  return `#/${parts
    .filter(part => part !== null)
    .map(encodeURIComponent)
    .join('/')}`
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const subscribe = (listener: () => void) => {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

let hash: string | undefined
let route: Route = HOME
const snapshot = () => {
  if (hash !== window.location.hash) {
    hash = window.location.hash
    route = parseRoute(hash)
  }
  return route
}

export const useRoute = (): Route => useSyncExternalStore(subscribe, snapshot)

export function navigate(to: Route): void {
  window.location.hash = formatRoute(to)
}

/** The same place under another address: "back" does not lead to the one before. */
export function readdress(to: Route): void {
  window.history.replaceState(null, '', formatRoute(to))
  window.dispatchEvent(new Event('hashchange'))
}
