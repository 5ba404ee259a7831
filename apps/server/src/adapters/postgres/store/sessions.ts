import type { Session } from '@parley/contracts'
import type { SessionFilter, SessionPage, SessionStore, WhoseSessions } from '@parley/core'
import { Prisma, type PrismaClient } from '../../../generated/prisma/client.ts'
import type { SignUrl } from './message-entity.ts'
import { toSessions } from './session-entity.ts'

type Reads = Pick<
  SessionStore,
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
>

/** The queue in its order, then the active ones, latest first. */
const OPEN_ORDER = Prisma.sql`
  status = 'active', CASE WHEN status = 'waiting' THEN returned END DESC,
  CASE WHEN status = 'waiting' THEN queue_no END, created_at DESC, id DESC`
const ENDED_ORDER = Prisma.sql`ended_at DESC, id DESC`
const LATEST_ORDER = Prisma.sql`coalesce(last_message_at, created_at) DESC, id DESC`
const QUEUE_ORDER = Prisma.sql`returned DESC, queue_no`

export function sessionReads(prisma: PrismaClient, siteId: string, sign: SignUrl): Reads {
  const entities = (ids: readonly string[], reader: string | null) =>
    toSessions(prisma, siteId, ids, reader, sign)

  const idsWhere = async (
    where: Prisma.Sql,
    order: Prisma.Sql,
    limit: number,
    skip = 0,
  ): Promise<string[]> => {
    const rows = await prisma.$queryRaw<{ id: string }[]>`
      SELECT id FROM sessions WHERE site_id = ${siteId} AND ${where} ORDER BY ${order} LIMIT ${limit} OFFSET ${skip}`
    return rows.map(({ id }) => id)
  }

  const countWhere = async (where: Prisma.Sql): Promise<number> => {
    const [row] = await prisma.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM sessions WHERE site_id = ${siteId} AND ${where}`
    return row?.total ?? 0
  }

  /** All that have ever ended are not counted one by one. */
  const countEnded = async (filter: SessionFilter): Promise<number> => {
    if (Object.values(filter).some(value => value !== undefined)) return countWhere(endedThatFit(filter))
    const totals = await prisma.deskTotals.findUnique({ where: { siteId }, select: { ended: true } })
    return Number(totals?.ended ?? 0)
  }

  const pageWhere = async (
    where: Prisma.Sql,
    order: Prisma.Sql,
    { page, limit, reader }: { page: number; limit: number; reader: string | null },
    count = countWhere(where),
  ): Promise<SessionPage> => {
    const [ids, total] = await Promise.all([idsWhere(where, order, limit, (page - 1) * limit), count])
    const pagination = { page, limit, total, totalPages: Math.ceil(total / limit) }
    return { items: await entities(ids, reader), pagination }
  }

  /** What the member of staff, who came later, may not see of them (M18). */
  const hideLast = async (sessions: readonly Session[], knownTo: string): Promise<Session[]> => {
    const sessionIds = sessions.filter(({ type }) => type !== 'support').map(({ id }) => id)
    const parts = await prisma.participant.findMany({
      where: { sessionId: { in: sessionIds }, userId: knownTo, leftChange: null },
      select: { sessionId: true, joinedSeq: true },
    })
    const from = new Map(parts.map(({ sessionId, joinedSeq }) => [sessionId, joinedSeq]))
    return sessions.map(session =>
      (session.lastMessage?.seq ?? 0) > (from.get(session.id) ?? 0)
        ? session
        : { ...session, lastMessage: null },
    )
  }

  return {
    sessions: entities,

    async part(sessionId, userId) {
      const part = await prisma.participant.findFirst({ where: { sessionId, userId, siteId } })
      if (!part) return null
      return { userId, role: part.role, visibleAfterSeq: part.joinedSeq, left: part.leftChange !== null }
    },

    async openSessionOf(userId) {
      const [id] = await idsWhere(
        Prisma.sql`type = 'support' AND status <> 'ended' AND user_id = ${userId}`,
        ENDED_ORDER,
        1,
      )
      return id ?? null
    },

    async sessionsOf(whose, limit, skip) {
      const ids = await idsWhere(ofPerson(siteId, whose), LATEST_ORDER, limit, skip)
      const sessions = await entities(ids, whose.userId)
      return whose.knownTo === null ? sessions : hideLast(sessions, whose.knownTo)
    },

    countSessionsOf: whose => countWhere(ofPerson(siteId, whose)),

    async lastChanges(sessionIds) {
      const rows = await prisma.session.findMany({
        where: { siteId, id: { in: [...sessionIds] } },
        select: { id: true, lastChange: true },
      })
      return new Map(rows.map(({ id, lastChange }) => [id, lastChange]))
    },

    openSessions: (filter, page, limit, reader) =>
      pageWhere(Prisma.sql`type = 'support' AND status <> 'ended' AND ${fits(filter)}`, OPEN_ORDER, {
        page,
        limit,
        reader,
      }),

    endedSessions: (filter, page, limit, reader) =>
      pageWhere(endedThatFit(filter), ENDED_ORDER, { page, limit, reader }, countEnded(filter)),

    async listed(list, reader, limit) {
      const { where, order } = listQuery(siteId, reader)[list]
      const [ids, total] = await Promise.all([idsWhere(where, order, limit), countWhere(where)])
      return { items: await entities(ids, reader), total }
    },

    queue: limit => idsWhere(Prisma.sql`status = 'waiting'`, QUEUE_ORDER, limit),
  }
}

/** An array, so that however many they are the sessions are found by their ids, and not by reading all of the site's. */
const takesPart = (siteId: string, userId: string) => Prisma.sql`id = ANY(ARRAY(
  SELECT session_id FROM participants WHERE site_id = ${siteId} AND user_id = ${userId} AND left_change IS NULL))`

const ofPerson = (siteId: string, { userId, knownTo }: WhoseSessions) =>
  knownTo === null
    ? takesPart(siteId, userId)
    : Prisma.sql`${takesPart(siteId, userId)} AND (type = 'support' OR ${takesPart(siteId, knownTo)})`

const listQuery = (siteId: string, reader: string) => ({
  mine: {
    where: Prisma.sql`status = 'active' AND operator_id IS NOT NULL AND operator_id = ${reader}`,
    order: LATEST_ORDER,
  },
  queue: { where: Prisma.sql`status = 'waiting'`, order: QUEUE_ORDER },
  active: { where: Prisma.sql`type = 'support' AND status <> 'ended'`, order: OPEN_ORDER },
  team: {
    where: Prisma.sql`type <> 'support' AND ${takesPart(siteId, reader)}`,
    order: LATEST_ORDER,
  },
})

const endedThatFit = (filter: SessionFilter) => Prisma.sql`status = 'ended' AND ${fits(filter)}`

function fits({ userId, operatorId, status, from, to }: SessionFilter): Prisma.Sql {
  const conditions = [
    Prisma.sql`true`,
    ...(userId === undefined ? [] : [Prisma.sql`user_id = ${userId}`]),
    ...(operatorId === undefined ? [] : [Prisma.sql`operator_id = ${operatorId}`]),
    ...(status === undefined ? [] : [Prisma.sql`status = ${status}::session_status`]),
    ...(from === undefined ? [] : [Prisma.sql`ended_at >= ${from}::timestamptz`]),
    ...(to === undefined ? [] : [Prisma.sql`ended_at <= ${to}::timestamptz`]),
  ]
  return Prisma.join(conditions, ' AND ')
}
