import type { WidgetSettings } from '@parley/contracts'
import type { Place } from './place.ts'

/** The pause after a failure, which doubles with each. Milliseconds. */
const FIRST_PAUSE_MS = 1000

interface Envelope {
  readonly data?: WidgetSettings
  readonly message: string
}

/** Goes on trying while the server is away; what it refuses is for the page's developer. */
export async function askSettings(
  place: Place,
  signal: AbortSignal,
  found: (settings: WidgetSettings) => void,
  pause = FIRST_PAUSE_MS,
): Promise<void> {
  const response = await fetch(`${place.server}api/site/widget?siteId=${encodeURIComponent(place.siteId)}`, {
    signal,
  }).catch(() => null)
  if (signal.aborted) return
  if (!response || response.status > 428) {
    setTimeout(askSettings, pause, place, signal, found, pause * 2)
    return
  }
  const { data, message }: Envelope = await response.json()
  if (data) found(data)
  else reportError(new Error(`parley: ${message}`))
}
