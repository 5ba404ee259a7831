import type { MarkMoved, MarkRequest } from '@parley/core'
import { type Progress, statusOf } from '@parley/core'
import type { Prisma, PrismaClient } from '../../../generated/prisma/client.ts'
import { eachItsOwn } from './each-its-own.ts'
import { type Gathered, gather } from './gather.ts'
import { groupBy } from './group-by.ts'
import { progressOf, type SessionProgress } from './message-entity.ts'

type Tx = Prisma.TransactionClient

const BATCH_MAX = 200
/** Of a longer run only so many of the newest messages are looked at for who should hear of it. */
const TOLD_MAX = 200

interface Move {
  readonly request: MarkRequest
  readonly fromSeq: number
  readonly toSeq: number
  readonly before: SessionProgress
  readonly after: SessionProgress
}

const keyOf = ({ sessionId, userId }: { sessionId: string; userId: string }) => `${sessionId} ${userId}`

/**
 * Moves marks in batches. A mark's row that somebody else holds goes into the next batch: a batch never waits while
 * it holds rows, so it can't lock up with messages that are being appended.
 */
export function createMark(prisma: PrismaClient, siteId: string) {
  const one = gather<MarkRequest, MarkMoved | null>(
    eachItsOwn(batch => prisma.$transaction(tx => moveBatch(tx, siteId, batch))),
    BATCH_MAX,
  )
  return async (requests: readonly MarkRequest[]): Promise<MarkMoved[]> => {
    const moved = await Promise.all(requests.map(one))
    return moved.filter(mark => mark !== null)
  }
}

async function moveBatch(
  tx: Tx,
  siteId: string,
  batch: readonly MarkRequest[],
): Promise<Gathered<MarkMoved | null>[]> {
  const { held, busy, lastSeq } = await lockMarks(tx, siteId, batch)
  const progress = await progressOf(tx, [...new Set(batch.map(({ sessionId }) => sessionId))])
  const moves = new Map<MarkRequest, Move>()
  for (const request of batch) {
    const session = progress.get(request.sessionId)
    if (!session || !held.has(keyOf(request))) continue
    const move = decideMove(request, session, lastSeq.get(request.sessionId) ?? 0)
    if (!move) continue
    moves.set(request, move)
    progress.set(request.sessionId, move.after)
  }
  const moved = await writeMoves(tx, [...moves.values()])
  return batch.map(request => {
    if (busy.has(keyOf(request))) return { kind: 'again' }
    const move = moves.get(request)
    return { kind: 'decided', result: (move && moved.get(move)) ?? null }
  })
}

async function lockMarks(tx: Tx, siteId: string, batch: readonly MarkRequest[]) {
  const wanted = JSON.stringify(batch.map(({ sessionId, userId }) => ({ sessionId, userId })))
  const rows = await tx.$queryRaw<{ sessionId: string; userId: string; locked: boolean; lastSeq: number }[]>`
    WITH wanted AS (
      SELECT DISTINCT * FROM jsonb_to_recordset(${wanted}::jsonb) AS r("sessionId" text, "userId" text)
    ), locked AS (
      SELECT p.session_id, p.user_id FROM participants p
      JOIN wanted w ON w."sessionId" = p.session_id AND w."userId" = p.user_id
      WHERE p.site_id = ${siteId} AND p.left_change IS NULL
      ORDER BY p.session_id, p.user_id
      FOR UPDATE OF p SKIP LOCKED
    )
    SELECT p.session_id AS "sessionId", p.user_id AS "userId", l.user_id IS NOT NULL AS locked,
      s.last_seq AS "lastSeq"
    FROM participants p
    JOIN wanted w ON w."sessionId" = p.session_id AND w."userId" = p.user_id
    JOIN sessions s ON s.id = p.session_id
    LEFT JOIN locked l ON l.session_id = p.session_id AND l.user_id = p.user_id
    WHERE p.site_id = ${siteId} AND p.left_change IS NULL`
  return {
    held: new Set(rows.filter(({ locked }) => locked).map(keyOf)),
    busy: new Set(rows.filter(({ locked }) => !locked).map(keyOf)),
    lastSeq: new Map(rows.map(({ sessionId, lastSeq }) => [sessionId, lastSeq])),
  }
}

/** M13: contiguous, never back, never past the last message. */
function decideMove(request: MarkRequest, before: SessionProgress, lastSeq: number): Move | null {
  const part = before.parts.find(({ userId, left }) => userId === request.userId && !left)
  if (!part) return null
  const toSeq = Math.min(request.to, lastSeq)
  const last = request.kind === 'read' ? part.readSeq : part.deliveredSeq
  const behindAHole = request.kind === 'delivered' && request.from > last + 1
  if (toSeq <= last || behindAHole) return null
  const moved: Progress = {
    ...part,
    deliveredSeq: Math.max(part.deliveredSeq, toSeq),
    readSeq: request.kind === 'read' ? toSeq : part.readSeq,
  }
  const parts = before.parts.map(one => (one === part ? moved : one))
  return { request, fromSeq: last + 1, toSeq, before, after: { ...before, parts } }
}

async function writeMoves(tx: Tx, moves: readonly Move[]): Promise<Map<Move, MarkMoved>> {
  if (moves.length === 0) return new Map()
  const rows = moves.map(({ request: { sessionId, userId, kind }, fromSeq, toSeq }) => ({
    sessionId,
    userId,
    read: kind === 'read',
    fromSeq,
    toSeq,
  }))
  const json = JSON.stringify(rows)
  await tx.$executeRaw`
    UPDATE participants p
    SET delivered_seq = greatest(p.delivered_seq, r.to_seq), read_seq = greatest(p.read_seq, r.read_seq)
    FROM (
      SELECT "sessionId", "userId", max("toSeq") AS to_seq, coalesce(max("toSeq") FILTER (WHERE read), 0) AS read_seq
      FROM jsonb_to_recordset(${json}::jsonb) AS j("sessionId" text, "userId" text, read boolean, "toSeq" integer)
      GROUP BY 1, 2
    ) r
    WHERE p.session_id = r."sessionId" AND p.user_id = r."userId"`
  const at = await momentOf(tx)
  await tx.$executeRaw`
    INSERT INTO read_marks (session_id, user_id, seq, at)
    SELECT r."sessionId", r."userId", r."toSeq", ${at}
    FROM jsonb_to_recordset(${json}::jsonb)
      AS r("sessionId" text, "userId" text, read boolean, "fromSeq" integer, "toSeq" integer)
    WHERE r.read AND EXISTS (
      SELECT 1 FROM messages m WHERE m.session_id = r."sessionId" AND m.seq BETWEEN r."fromSeq" AND r."toSeq"
        AND m.sender_id <> r."userId")
    ON CONFLICT DO NOTHING`
  const runs = await readRuns(tx, moves)
  return new Map(moves.map((move, place) => [move, toMoved(move, at.toISOString(), runs.get(place) ?? [])]))
}

/** The database's clock, to the millisecond that it keeps. */
async function momentOf(tx: Tx): Promise<Date> {
  const [row] = await tx.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp()::timestamptz(3) AS at`
  if (!row) throw new Error('the database tells no time')
  return row.at
}

interface RunMessage {
  readonly place: number
  readonly id: string
  readonly seq: number
  readonly senderId: string
  readonly senderType: 'user' | 'operator' | 'system'
}

async function readRuns(tx: Tx, moves: readonly Move[]): Promise<Map<number, RunMessage[]>> {
  const wanted = moves.map(({ request: { sessionId, userId }, fromSeq, toSeq }, place) => ({
    place,
    sessionId,
    userId,
    fromSeq: Math.max(fromSeq, toSeq - TOLD_MAX + 1),
    toSeq,
  }))
  const rows = await tx.$queryRaw<RunMessage[]>`
    SELECT r.place, m.id, m.seq, m.sender_id AS "senderId", m.sender_type::text AS "senderType"
    FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
      AS r(place integer, "sessionId" text, "userId" text, "fromSeq" integer, "toSeq" integer)
    JOIN messages m ON m.session_id = r."sessionId" AND m.seq BETWEEN r."fromSeq" AND r."toSeq"
      AND m.sender_id <> r."userId"
    ORDER BY r.place, m.seq`
  return groupBy(rows, ({ place }) => place)
}

/** For each sender and status the newest message that now has it. */
function toMoved(
  { request, fromSeq, toSeq, before, after }: Move,
  at: string,
  run: readonly RunMessage[],
): MarkMoved {
  const senders = new Map<string, MarkMoved['senders'][number]>()
  for (const message of run) {
    const status = statusOf(after.type, after.parts, message)
    if (status === 'sent' || status === statusOf(before.type, before.parts, message)) continue
    const { senderId, id, seq } = message
    senders.set(`${status} ${senderId}`, { senderId, messageId: id, seq, status })
  }
  const { sessionId, userId, kind } = request
  return { sessionId, userId, kind, fromSeq, toSeq, at, senders: [...senders.values()] }
}
