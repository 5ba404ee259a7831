import type { WidgetSettings } from '@parley/contracts'
import { complain } from './check.ts'
import type { Place } from './place.ts'

/** The pause after a failure. Milliseconds. */
const PAUSE_MS = 5000

interface Envelope {
  readonly data?: WidgetSettings
  readonly message: string
}

/**
 * Goes on trying while the server is away, or while something that stands before it answers in its place; what it
 * refuses is for the page's developer.
 */
export async function askSettings(
  place: Place,
  signal: AbortSignal,
  found: (settings: WidgetSettings) => void,
): Promise<void> {
  const answer: Envelope | null = await fetch(
    `${place.server}api/site/widget?siteId=${encodeURIComponent(place.siteId)}`,
    { signal },
  )
    .then(response => (response.status > 428 ? null : response.json()))
    .catch(() => null)
  if (signal.aborted) return
  if (!answer) setTimeout(askSettings, PAUSE_MS, place, signal, found)
  else if (answer.data) found(answer.data)
  else complain(answer.message)
}
