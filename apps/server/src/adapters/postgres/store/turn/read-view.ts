import type { OperatorState, SessionState, TurnCommand, TurnView } from '@parley/core'
import { queueDepth, turnReads } from '@parley/core'
import type { Prisma } from '../../../../generated/prisma/client.ts'
import { type StoredStrategy, toStrategy } from '../strategy.ts'

type Tx = Prisma.TransactionClient

const millis = (time: Date | null) => time?.getTime() ?? null

/** What the turn reads under the site's lock; see `TurnView`. */
export async function readView(tx: Tx, siteId: string, commands: readonly TurnCommand[]): Promise<TurnView> {
  const reads = turnReads(commands)
  const site = await readSite(tx, siteId)
  const operators = await readOperators(tx, siteId)
  const sessions = await readSessions(tx, siteId, reads, queueDepth(operators, commands))
  const open = sessions.filter(s => s.type === 'support' && s.status !== 'ended' && s.userId !== null)
  const named = new Set(reads.userIds)
  return {
    ...site,
    operators,
    sessions,
    openSessionOf: new Map(
      open.flatMap(s => (s.userId && named.has(s.userId) ? [[s.userId, s.id] as const] : [])),
    ),
    roleOf: await readRoles(tx, siteId, reads.userIds),
    idle: await readIdle(tx, siteId, reads.idleSessionIds),
  }
}

async function readSite(tx: Tx, siteId: string) {
  const [row] = await tx.$queryRaw<{ now: Date; queue_counter: bigint; strategy: string | null }[]>`
    SELECT clock_timestamp() AS now, queue_counter, settings->>'strategy' AS strategy FROM sites WHERE id = ${siteId}`
  if (!row) throw new Error(`there is no site "${siteId}"`)
  return {
    now: row.now.getTime(),
    queueCounter: Number(row.queue_counter),
    strategy: row.strategy === 'round-robin' ? ('round-robin' as const) : ('least-busy' as const),
  }
}

interface OperatorRow {
  readonly user_id: string
  readonly status: OperatorState['status']
  readonly chosen_status: OperatorState['chosenStatus']
  readonly is_active: boolean
  readonly max_users: number
  readonly load: number
  readonly last_assigned_at: Date | null
  readonly connected: boolean
}

async function readOperators(tx: Tx, siteId: string): Promise<OperatorState[]> {
  const rows = await tx.$queryRaw<OperatorRow[]>`
    SELECT o.user_id, o.status::text, o.chosen_status::text, o.is_active, o.max_users, o.load, o.last_assigned_at,
      EXISTS (SELECT 1 FROM connections c WHERE c.site_id = o.site_id AND c.user_id = o.user_id) AS connected
    FROM operators o WHERE o.site_id = ${siteId} ORDER BY o.created_at, o.user_id`
  return rows.map(row => ({
    id: row.user_id,
    status: row.status,
    chosenStatus: row.chosen_status,
    isActive: row.is_active,
    maxUsers: row.max_users,
    load: row.load,
    lastAssignedAt: millis(row.last_assigned_at),
    connected: row.connected,
  }))
}

interface SessionRow {
  readonly id: string
  readonly type: SessionState['type']
  readonly status: SessionState['status']
  readonly userId: string | null
  readonly operatorId: string | null
  readonly avoidOperatorId: string | null
  readonly strategy: StoredStrategy | null
  readonly queueNo: bigint | null
  readonly returned: boolean
  readonly waitingSince: Date | null
  readonly assignedAt: Date | null
  readonly endedAt: Date | null
  readonly endedBy: string | null
  readonly endReason: string | null
  readonly lastChange: number
}

/**
 * Locks what it reads, in id order: messages are appended to sessions without the site's lock, and a change's number
 * must not be given twice. A row that had to be waited for is given as its holder left it, so `lastChange` is the last;
 * what decides which rows are read changes under the site's lock only.
 *
 * The values of enums are written out: a parameter would hide from the planner that the partial indexes fit.
 */
async function readSessions(
  tx: Tx,
  siteId: string,
  { sessionIds, userIds, operatorIds }: ReturnType<typeof turnReads>,
  depth: number,
): Promise<SessionState[]> {
  const rows = await tx.$queryRaw<SessionRow[]>`
    SELECT id, type::text, status::text, user_id AS "userId", operator_id AS "operatorId",
      avoid_operator_id AS "avoidOperatorId", strategy::text, queue_no AS "queueNo", returned,
      waiting_since AS "waitingSince", assigned_at AS "assignedAt", ended_at AS "endedAt", ended_by AS "endedBy",
      end_reason AS "endReason", last_change AS "lastChange"
    FROM sessions WHERE id = ANY(ARRAY(
      SELECT id FROM sessions WHERE site_id = ${siteId} AND id = ANY(${sessionIds}::text[])
      UNION SELECT id FROM sessions
        WHERE site_id = ${siteId} AND type = 'support' AND status <> 'ended' AND user_id = ANY(${userIds}::text[])
      UNION SELECT id FROM sessions
        WHERE site_id = ${siteId} AND status = 'active' AND operator_id IS NOT NULL
          AND operator_id = ANY(${operatorIds}::text[])
      UNION SELECT id FROM sessions WHERE site_id = ${siteId} AND status = 'waiting' AND returned
      UNION (SELECT id FROM sessions WHERE site_id = ${siteId} AND status = 'waiting' AND NOT returned
        ORDER BY queue_no LIMIT ${depth})))
    ORDER BY id FOR NO KEY UPDATE`
  return rows.map(toState)
}

const toState = (row: SessionRow): SessionState => ({
  ...row,
  strategy: toStrategy(row.strategy),
  queueNo: row.queueNo === null ? null : Number(row.queueNo),
  waitingSince: millis(row.waitingSince),
  assignedAt: millis(row.assignedAt),
  endedAt: millis(row.endedAt),
})

async function readRoles(tx: Tx, siteId: string, userIds: readonly string[]): Promise<TurnView['roleOf']> {
  if (userIds.length === 0) return new Map()
  const people = await tx.user.findMany({
    where: { siteId, id: { in: [...userIds] } },
    select: { id: true, role: true },
  })
  return new Map(people.map(({ id, role }) => [id, role]))
}

async function readIdle(tx: Tx, siteId: string, sessionIds: readonly string[]): Promise<TurnView['idle']> {
  if (sessionIds.length === 0) return new Map()
  const rows = await idleness(tx, siteId, sessionIds)
  return new Map(rows.map(({ id, status: _, ...idle }) => [id, idle]))
}

export interface Idle {
  readonly id: string
  readonly status: SessionState['status']
  readonly connected: boolean
  readonly visitorGoneMs: number
  readonly quietMs: number
}

/** By the database's clock; see `JobStore.idle`. */
export function idleness(tx: Tx, siteId: string, sessionIds: readonly string[]): Promise<Idle[]> {
  return tx.$queryRaw<Idle[]>`
    SELECT s.id, s.status::text,
      EXISTS (SELECT 1 FROM connections c WHERE c.site_id = s.site_id AND c.user_id = s.user_id) AS connected,
      (1000 * extract(epoch FROM clock_timestamp() - greatest(s.created_at, u.last_seen_at, (
        SELECT max(m.created_at) FROM messages m WHERE m.session_id = s.id AND m.sender_id = s.user_id)))
      )::float8 AS "visitorGoneMs",
      (1000 * extract(epoch FROM clock_timestamp() - coalesce(s.last_message_at, s.created_at)))::float8 AS "quietMs"
    FROM sessions s LEFT JOIN users u ON u.site_id = s.site_id AND u.id = s.user_id
    WHERE s.site_id = ${siteId} AND s.type = 'support' AND s.id = ANY(${sessionIds}::text[])`
}
