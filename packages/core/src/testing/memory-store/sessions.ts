import type { Pagination, Session } from '@parley/contracts'
import type { SessionFilter, SessionStore, WhoseSessions } from '../../ports/store/session-store.ts'
import { toSession, waitingSessions } from './session-entity.ts'
import { isoTime, presentPart, type SessionRow, type State } from './state.ts'
import type { Sync } from './sync.ts'

type Read =
  | 'sessions'
  | 'part'
  | 'openSessionOf'
  | 'sessionsOf'
  | 'countSessionsOf'
  | 'lastChanges'
  | 'openSessions'
  | 'endedSessions'
  | 'listed'
  | 'queue'

export const sessions = (state: State): Pick<Sync<SessionStore>, Read> => ({
  sessions: (sessionIds, reader) =>
    sessionIds.flatMap(id => {
      const row = state.sessions.get(id)
      return row ? [toSession(state, row, reader)] : []
    }),
  part(sessionId, userId) {
    const part = state.sessions.get(sessionId)?.parts.get(userId)
    if (!part) return null
    const { role, visibleAfterSeq, leftChange } = part
    return { userId, role, visibleAfterSeq, left: leftChange !== null }
  },
  openSessionOf: userId => openSessionOf(state, userId)?.id ?? null,
  sessionsOf: (whose, limit, skip) =>
    rowsOf(state, whose)
      .sort(latestFirst)
      .slice(skip, skip + limit)
      .map(row => hideLast(toSession(state, row, whose.userId), row, whose.knownTo)),
  countSessionsOf: whose => rowsOf(state, whose).length,
  lastChanges: sessionIds =>
    new Map(
      sessionIds.flatMap(id => {
        const row = state.sessions.get(id)
        return row ? [[id, row.lastChange] as const] : []
      }),
    ),
  openSessions: (filter, page, limit, reader) =>
    pageOf(openRows(state).filter(fits(filter)), page, limit, row => toSession(state, row, reader)),
  endedSessions: (filter, page, limit, reader) =>
    pageOf(endedRows(state).filter(fits(filter)), page, limit, row => toSession(state, row, reader)),
  listed(list, reader, limit) {
    const rows = listRows(state, reader)[list]()
    return { items: rows.slice(0, limit).map(row => toSession(state, row, reader)), total: rows.length }
  },
  queue: limit =>
    waitingSessions(state)
      .slice(0, limit)
      .map(({ id }) => id),
})

const all = (state: State): SessionRow[] => [...state.sessions.values()]

export const openSessionOf = (state: State, userId: string): SessionRow | undefined =>
  all(state).find(row => row.type === 'support' && row.status !== 'ended' && row.userId === userId)

/** Those of one person, as far as `knownTo` may know them too (I5). */
const rowsOf = (state: State, { userId, knownTo }: WhoseSessions): SessionRow[] =>
  all(state).filter(
    row =>
      presentPart(row, userId) && (knownTo === null || row.type === 'support' || presentPart(row, knownTo)),
  )

/** What staff who came later may not see (M18). */
function hideLast(session: Session, row: SessionRow, knownTo: string | null): Session {
  const part = knownTo === null || row.type === 'support' ? null : presentPart(row, knownTo)
  const { lastMessage } = session
  return part && lastMessage && lastMessage.seq <= part.visibleAfterSeq
    ? { ...session, lastMessage: null }
    : session
}

const laterId = (a: SessionRow, b: SessionRow) => (a.id < b.id ? 1 : -1)
const latestFirst = (a: SessionRow, b: SessionRow) =>
  (b.lastMessageAt ?? b.createdAt) - (a.lastMessageAt ?? a.createdAt) || laterId(a, b)

const openRows = (state: State): SessionRow[] => [
  ...waitingSessions(state),
  ...all(state)
    .filter(({ type, status }) => type === 'support' && status === 'active')
    .sort((a, b) => b.createdAt - a.createdAt || laterId(a, b)),
]

const endedRows = (state: State): SessionRow[] =>
  all(state)
    .filter(({ status }) => status === 'ended')
    .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0) || laterId(a, b))

const listRows = (state: State, reader: string) => ({
  mine: () =>
    all(state)
      .filter(row => row.status === 'active' && row.operatorId === reader)
      .sort(latestFirst),
  queue: () => waitingSessions(state),
  active: () => openRows(state),
  team: () =>
    all(state)
      .filter(row => row.type !== 'support' && presentPart(row, reader))
      .sort(latestFirst),
})

const fits = (filter: SessionFilter) => (row: SessionRow) => {
  const endedAt = row.endedAt === null ? '' : isoTime(row.endedAt)
  return (
    (filter.userId === undefined || row.userId === filter.userId) &&
    (filter.operatorId === undefined || row.operatorId === filter.operatorId) &&
    (filter.status === undefined || row.status === filter.status) &&
    (filter.from === undefined || endedAt >= filter.from) &&
    (filter.to === undefined || endedAt <= filter.to)
  )
}

function pageOf<Row, Item>(
  rows: readonly Row[],
  page: number,
  limit: number,
  toItem: (row: Row) => Item,
): { items: Item[]; pagination: Pagination } {
  const items = rows.slice((page - 1) * limit, page * limit).map(toItem)
  return {
    items,
    pagination: { page, limit, total: rows.length, totalPages: Math.ceil(rows.length / limit) },
  }
}
