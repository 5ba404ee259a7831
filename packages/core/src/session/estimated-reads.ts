import type { Session } from '@parley/contracts'
import type { Clock } from '../ports/clock.ts'
import type { SessionStore } from '../ports/store/session-store.ts'
import { estimateWait, WAITS_READ } from './queue-estimate.ts'

type Estimated = 'sessions' | 'sessionsOf' | 'openSessions' | 'listed'
type Waits = Awaited<ReturnType<SessionStore['recentWaits']>>

/** Estimates need not be newer than this. Milliseconds. */
const KEPT_MS = 10_000

/** The store's reads of sessions, each that waits with its `queueEstimate` (S14). */
export function estimatedReads(
  store: SessionStore,
  clock: Pick<Clock, 'now'>,
): Pick<SessionStore, Estimated> {
  const recentWaits = keptFor(KEPT_MS, clock, () => store.recentWaits(WAITS_READ))
  const estimated = async (sessions: Session[]): Promise<Session[]> => {
    if (!sessions.some(({ queuePosition }) => queuePosition !== null)) return sessions
    const waits = await recentWaits()
    return sessions.map(session => withEstimate(session, waits, clock.now()))
  }
  return {
    sessions: async (...args) => estimated(await store.sessions(...args)),
    sessionsOf: async (...args) => estimated(await store.sessionsOf(...args)),
    openSessions: async (...args) => {
      const { items, pagination } = await store.openSessions(...args)
      return { items: await estimated(items), pagination }
    },
    listed: async (...args) => {
      const { items, total } = await store.listed(...args)
      return { items: await estimated(items), total }
    },
  }
}

function withEstimate(session: Session, waits: Waits, now: number): Session {
  const { queuePosition } = session
  return queuePosition === null
    ? session
    : { ...session, queueEstimate: estimateWait(queuePosition, waits, now) }
}

/** Reads at most once in so long, also for those who ask at the same time; a failure is not kept. */
function keptFor<T>(ms: number, clock: Pick<Clock, 'now'>, read: () => Promise<T>): () => Promise<T> {
  let kept: { readonly value: Promise<T>; readonly until: number } | null = null
  return async () => {
    if (!kept || clock.now() >= kept.until) kept = { value: read(), until: clock.now() + ms }
    const asked = kept
    try {
      return await asked.value
    } catch (cause) {
      if (kept === asked) kept = null
      throw cause
    }
  }
}
