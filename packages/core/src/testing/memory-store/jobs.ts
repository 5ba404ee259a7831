import type { Job, JobStore } from '../../ports/store/job-store.ts'
import { isConnected, keyOf, type SessionRow, type State } from './state.ts'
import type { Sync } from './sync.ts'

export const jobs = (state: State): Sync<JobStore> => ({
  schedule: (kind, key, inMs) => schedule(state, kind, key, inMs),
  claimJobs(_nodeId, limit, lockMs) {
    const now = state.now()
    const due = [...state.jobs.values()]
      .filter(({ runAt, lockedUntil }) => runAt <= now && (lockedUntil ?? 0) <= now)
      .sort((a, b) => a.runAt - b.runAt)
      .slice(0, limit)
    for (const job of due) job.lockedUntil = now + lockMs
    return due.map(({ id, kind, key }) => ({ id, kind, key }))
  },
  finishJob(jobId) {
    for (const [place, job] of state.jobs) if (job.id === jobId) state.jobs.delete(place)
  },
  postponeJob(jobId, inMs) {
    for (const job of state.jobs.values()) {
      if (job.id !== jobId) continue
      job.runAt = state.now() + inMs
      job.lockedUntil = null
    }
  },
  idle(sessionId) {
    const session = state.sessions.get(sessionId)
    if (session?.type !== 'support') return null
    return { status: session.status, ...idleness(state, session) }
  },
})

export function schedule(state: State, kind: Job['kind'], key: string, inMs: number): void {
  state.jobCounter += 1
  const id = `job-${state.jobCounter}`
  state.jobs.set(keyOf(kind, key), { id, kind, key, runAt: state.now() + inMs, lockedUntil: null })
}

export function idleness(state: State, session: SessionRow) {
  const userId = session.userId ?? ''
  const lastOwn = session.messages.findLast(({ senderId }) => senderId === userId)?.createdAt ?? 0
  const seen = Math.max(session.createdAt, lastOwn, state.people.get(userId)?.lastSeenAt ?? 0)
  const now = state.now()
  return {
    connected: isConnected(state, userId),
    visitorGoneMs: now - seen,
    quietMs: now - (session.lastMessageAt ?? session.createdAt),
  }
}
