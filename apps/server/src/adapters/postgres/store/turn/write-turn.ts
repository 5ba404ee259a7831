import type { OperatorState, SessionState, TurnWrites } from '@parley/core'
import { Prisma } from '../../../../generated/prisma/client.ts'
import { keepAudits } from '../audit-rows.ts'
import { fromStrategy } from '../strategy.ts'
import { handOver } from './hand-over.ts'
import { setParts } from './parts.ts'
import type { TurnWriter } from './turn-writer.ts'

type Tx = Prisma.TransactionClient

/** Writes what a turn has decided, in the order that `TurnWrites` asks for. */
export async function writeTurn(writer: TurnWriter, writes: TurnWrites): Promise<void> {
  const { tx } = writer
  await release(tx, writes.released)
  await writeOperators(writer, writes.operators)
  await writeSessions(writer, writes.sessions.filter(notActive))
  for (const identified of writes.identified) await handOver(writer, identified)
  await create(writer, writes.created)
  await writeSessions(
    writer,
    writes.sessions.filter(session => !notActive(session)),
  )
  await setParts(writer, writes.participants)
  await writeChanges(writer, writes.changes)
  await keepAudits(writer, writes.audits, writer.now)
  await writeSite(writer, writes)
}

const notActive = ({ status }: SessionState) => status !== 'active'

/** Takes the sessions from who holds them, so that the operators' loads fall before any rises. */
async function release(tx: Tx, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length === 0) return
  await tx.$executeRaw`
    UPDATE sessions SET status = 'waiting', operator_id = NULL, queue_no = coalesce(queue_no, 0)
    WHERE id = ANY(${[...sessionIds]}::text[])`
}

async function writeOperators(
  { tx, siteId, now }: TurnWriter,
  operators: readonly OperatorState[],
): Promise<void> {
  if (operators.length === 0) return
  const rows = operators.map(({ lastAssignedAt, ...operator }) => ({
    ...operator,
    lastAssignedAt: lastAssignedAt === null ? null : new Date(lastAssignedAt),
  }))
  await tx.$executeRaw`
    UPDATE operators o
    SET status = r.status::operator_status, chosen_status = r."chosenStatus"::operator_status,
      is_active = r."isActive", max_users = r."maxUsers", last_assigned_at = r."lastAssignedAt", updated_at = ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id text, status text, "chosenStatus" text,
      "isActive" boolean, "maxUsers" integer, "lastAssignedAt" timestamptz)
    WHERE o.site_id = ${siteId} AND o.user_id = r.id`
}

const time = (ms: number | null) => (ms === null ? null : new Date(ms))

const toRow = (session: SessionState) => ({
  id: session.id,
  status: session.status,
  operatorId: session.operatorId,
  avoidOperatorId: session.avoidOperatorId,
  strategy: fromStrategy(session.strategy),
  queueNo: session.queueNo,
  returned: session.returned,
  waitingSince: time(session.waitingSince),
  assignedAt: time(session.assignedAt),
  endedAt: time(session.endedAt),
  endedBy: session.endedBy,
  endReason: session.endReason,
  lastChange: session.lastChange,
})

async function writeSessions({ tx, now }: TurnWriter, sessions: readonly SessionState[]): Promise<void> {
  if (sessions.length === 0) return
  await tx.$executeRaw`
    UPDATE sessions s
    SET status = r.status::session_status, operator_id = r."operatorId", avoid_operator_id = r."avoidOperatorId",
      strategy = r.strategy::assignment_strategy, queue_no = r."queueNo", returned = r.returned,
      waiting_since = r."waitingSince", assigned_at = r."assignedAt", ended_at = r."endedAt", ended_by = r."endedBy",
      end_reason = r."endReason", last_change = r."lastChange", updated_at = ${now}
    FROM jsonb_to_recordset(${JSON.stringify(sessions.map(toRow))}::jsonb) AS r(id text, status text,
      "operatorId" text, "avoidOperatorId" text, strategy text, "queueNo" bigint, returned boolean,
      "waitingSince" timestamptz, "assignedAt" timestamptz, "endedAt" timestamptz, "endedBy" text,
      "endReason" text, "lastChange" integer)
    WHERE s.id = r.id`
}

async function create({ tx, siteId, now }: TurnWriter, created: TurnWrites['created']): Promise<void> {
  if (created.length === 0) return
  await knowCustomers({ tx, siteId, now }, created)
  await tx.session.createMany({
    data: created.map(({ state, userId, userName, userType, subject, metadata }) => {
      const { id, ...row } = toRow(state)
      return {
        ...row,
        id,
        siteId,
        type: 'support' as const,
        userId,
        userName,
        userType,
        subject,
        metadata: metadata === null ? Prisma.DbNull : (metadata as Prisma.InputJsonObject),
        createdAt: now,
        updatedAt: now,
      }
    }),
  })
}

/** Makes the people who are unknown, fills in what is not known of the others. */
async function knowCustomers(
  { tx, siteId, now }: Pick<TurnWriter, 'tx' | 'siteId' | 'now'>,
  created: TurnWrites['created'],
): Promise<void> {
  const people = created.map(({ userId, userType, userName, locale, timeZone }) => ({
    id: userId,
    role: userType,
    name: userName,
    locale,
    zone: timeZone,
  }))
  await tx.$executeRaw`
    INSERT INTO users AS u (site_id, id, role, real_name, locale, time_zone, last_seen_at, created_at, updated_at)
    SELECT DISTINCT ON (r.id) ${siteId}, r.id, r.role::user_role, r.name, r.locale, r.zone, ${now}, ${now}, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb) AS r(id text, role text, name text, locale text, zone text)
    ORDER BY r.id
    ON CONFLICT (site_id, id) DO UPDATE
    SET real_name = coalesce(u.real_name, excluded.real_name), locale = coalesce(u.locale, excluded.locale),
      time_zone = coalesce(u.time_zone, excluded.time_zone), last_seen_at = excluded.last_seen_at`
}

async function writeChanges({ tx, now }: TurnWriter, changes: TurnWrites['changes']): Promise<void> {
  if (changes.length === 0) return
  await tx.sessionChange.createMany({
    data: changes.map(({ sessionId, change, actorId, what: { kind, ...data } }) => ({
      sessionId,
      change,
      kind,
      actorId,
      data: data as Prisma.InputJsonObject,
      at: now,
    })),
  })
}

async function writeSite(
  { tx, siteId }: TurnWriter,
  { queueCounter, strategy, created }: TurnWrites,
): Promise<void> {
  if (created.length > 0) {
    await tx.$executeRaw`UPDATE sites SET queue_counter = ${queueCounter} WHERE id = ${siteId}`
  }
  if (strategy !== null) {
    await tx.$executeRaw`
      UPDATE sites SET settings = settings || jsonb_build_object('strategy', ${strategy}::text) WHERE id = ${siteId}`
  }
}
