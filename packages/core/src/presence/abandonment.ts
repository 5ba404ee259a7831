import type { CoreSettings } from '../node/chat-node.ts'
import type { JobStore } from '../ports/store/job-store.ts'

type Timeouts = Pick<CoreSettings, 'waitingTimeoutMs' | 'idleTimeoutMs'>
type Idle = NonNullable<Awaited<ReturnType<JobStore['idle']>>>

/** The shorter of those that are on; null if none is. */
export function shortestTimeout({ waitingTimeoutMs, idleTimeoutMs }: Timeouts): number | null {
  const on = [waitingTimeoutMs, idleTimeoutMs].filter(ms => ms > 0)
  return on.length > 0 ? Math.min(...on) : null
}

/**
 * In how many milliseconds the session is to be looked at again; 0: it is abandoned now; null: never. No later than
 * the shorter timeout from now, because a session that goes back to the queue may have the shorter one.
 */
export function nextLook(timeouts: Timeouts, idle: Idle): number | null {
  const latest = shortestTimeout(timeouts)
  if (latest === null || idle.status === 'ended') return null
  const waits = idle.status === 'waiting'
  const limit = waits ? timeouts.waitingTimeoutMs : timeouts.idleTimeoutMs
  if (limit === 0 || idle.connected) return latest
  const idleFor = waits ? idle.visitorGoneMs : Math.min(idle.visitorGoneMs, idle.quietMs)
  return Math.min(latest, Math.max(0, limit - idleFor))
}
