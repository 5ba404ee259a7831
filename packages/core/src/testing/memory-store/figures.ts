import type { SessionStore } from '../../ports/store/session-store.ts'
import { heldBy, isoTime, type SessionRow, type State } from './state.ts'
import type { Sync } from './sync.ts'

const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : Math.round(values.reduce((sum, value) => sum + value, 0) / values.length)

const supportSessions = (state: State): SessionRow[] =>
  [...state.sessions.values()].filter(({ type }) => type === 'support')

/** How long each waited until an operator first took it. */
const waits = (rows: readonly SessionRow[]) =>
  rows.flatMap(({ assignedAt, createdAt }) =>
    assignedAt === null ? [] : [{ assignedAt, waitedMs: assignedAt - createdAt }],
  )

const durations = (rows: readonly SessionRow[]) =>
  rows.flatMap(({ assignedAt, endedAt }) =>
    assignedAt === null || endedAt === null ? [] : [endedAt - assignedAt],
  )

export const figures = (state: State): Pick<Sync<SessionStore>, 'recentWaits' | 'deskStats'> => ({
  recentWaits: limit =>
    waits(supportSessions(state))
      .sort((a, b) => b.assignedAt - a.assignedAt)
      .slice(0, limit)
      .map(({ waitedMs, assignedAt }) => ({ waitedMs, assignedAt: isoTime(assignedAt) })),
  deskStats() {
    const rows = supportSessions(state)
    const count = (status: SessionRow['status']) => rows.filter(row => row.status === status).length
    const operators = [...state.operators.values()]
    const hasRoom = (id: string, maxUsers: number) => heldBy(state, id).length < maxUsers
    return {
      totalSessions: rows.length,
      waitingSessions: count('waiting'),
      activeSessions: count('active'),
      endedSessions: count('ended'),
      totalMessages: rows.reduce((sum, { messages }) => sum + messages.length, 0),
      onlineAgents: operators.filter(({ status }) => status !== 'offline').length,
      availableAgents: operators.filter(o => o.isActive && o.status === 'online' && hasRoom(o.id, o.maxUsers))
        .length,
      averageWaitMs: average(waits(rows).map(({ waitedMs }) => waitedMs)),
      averageDurationMs: average(durations(rows)),
    }
  },
})
