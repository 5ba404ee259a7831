import type { WaitEstimate } from '@parley/contracts'
import type { SessionStore } from '../ports/store/session-store.ts'

type Wait = Awaited<ReturnType<SessionStore['recentWaits']>>[number]

/** So many of the latest assignments are looked at. */
export const WAITS_READ = 50
/** What was longer ago says nothing about now. Milliseconds. */
export const RECENT_MS = 2 * 60 * 60 * 1000
/** Less than this is deciding, not waiting. Milliseconds. */
const REALLY_WAITED_MS = 1000
/** With fewer than so many there is nothing honest to say (S14). */
const WAITS_NEEDED = 3

/**
 * How long one has still to wait at this place. Each session that waited says how long the queue needed to move by
 * one: since the one before it was taken or, if it came later than that, since it came. The range is from the lower
 * to the upper quartile of those steps, times the place.
 */
export function estimateWait(position: number, waits: readonly Wait[], now: number): WaitEstimate | null {
  const taken = waits
    .map(({ waitedMs, assignedAt }) => ({ waitedMs, at: new Date(assignedAt).getTime() }))
    .filter(({ waitedMs, at }) => waitedMs >= REALLY_WAITED_MS && now - at <= RECENT_MS)
    .sort((a, b) => b.at - a.at || b.waitedMs - a.waitedMs)
  if (taken.length < WAITS_NEEDED) return null
  const steps = taken.slice(0, -1).map(({ waitedMs, at }, index) => {
    const before = taken[index + 1]
    return before ? Math.min(waitedMs, at - before.at) : waitedMs
  })
  const sorted = steps.sort((a, b) => a - b)
  const last = sorted.length - 1
  const lower = sorted[Math.floor(last / 4)] ?? 0
  const upper = sorted[Math.ceil((last * 3) / 4)] ?? lower
  return { fromMs: position * lower, toMs: position * upper }
}
