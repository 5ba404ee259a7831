import { MARKS_MAX, type Message, type Session } from '@parley/contracts'
import type { Progress } from '@parley/core'
import { type Message as MessageRow, Prisma, type PrismaClient } from '../../../generated/prisma/client.ts'
import { progressOf, type SignUrl, toMessages } from './message-entity.ts'

type Row = Prisma.SessionGetPayload<{
  include: { operator: { select: { userId: true; name: true; avatar: true } } }
}>

const iso = (time: Date | null) => time?.toISOString() ?? null

/** Sessions as they stand for a reader, in the order of `ids`, in a fixed number of queries. */
export async function toSessions(
  prisma: PrismaClient,
  siteId: string,
  ids: readonly string[],
  reader: string | null,
  sign: SignUrl,
): Promise<Session[]> {
  if (ids.length === 0) return []
  const rows = await prisma.session.findMany({
    where: { siteId, id: { in: [...ids] } },
    include: { operator: { select: { userId: true, name: true, avatar: true } } },
  })
  const [progress, lastMessages, positions, unread] = await Promise.all([
    progressOf(prisma, ids),
    readLastMessages(prisma, ids, sign),
    readPositions(prisma, siteId, rows),
    readUnread(prisma, ids, reader),
  ])
  const known = new Map(
    rows.map(row => {
      const parts = (progress.get(row.id)?.parts ?? []).filter(({ left }) => !left)
      const seen = { parts, last: lastMessages.get(row.id), position: positions.get(row.id) ?? null }
      return [row.id, toSession(row, reader, { ...seen, unread: unread.get(row.id) ?? null })]
    }),
  )
  return ids.flatMap(id => known.get(id) ?? [])
}

interface Seen {
  readonly parts: readonly Progress[]
  readonly last: Message | undefined
  readonly position: number | null
  readonly unread: number | null
}

function toSession(row: Row, reader: string | null, { parts, last, position, unread }: Seen): Session {
  const own = parts.find(({ userId }) => userId === reader)
  return {
    id: row.id,
    siteId: row.siteId,
    type: row.type,
    name: row.name,
    subject: row.subject,
    metadata: row.metadata as Session['metadata'],
    participants: parts.map(({ userId }) => userId),
    userId: row.userId,
    userName: row.userName,
    userType: row.userType as Session['userType'],
    operatorId: row.operatorId,
    operator: row.operator && {
      id: row.operator.userId,
      name: row.operator.name,
      avatar: row.operator.avatar,
    },
    status: row.status,
    queuePosition: position,
    queueEstimate: null,
    unreadCount: own ? (unread ?? 0) : null,
    marks: marksOf(parts, own),
    lastMessage: last && last.seq > (own?.visibleAfterSeq ?? 0) ? last : null,
    lastSeq: row.lastSeq,
    lastChange: row.lastChange,
    lastMessageAt: iso(row.lastMessageAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    waitingSince: iso(row.waitingSince),
    assignedAt: iso(row.assignedAt),
    endedAt: iso(row.endedAt),
    endedBy: row.endedBy,
    endReason: row.endReason,
  }
}

/** The reader's among them, however many there are. */
function marksOf(parts: readonly Progress[], own: Progress | undefined): Session['marks'] {
  const others = parts.filter(part => part !== own)
  return [...(own ? [own] : []), ...others]
    .slice(0, MARKS_MAX)
    .map(({ userId, deliveredSeq, readSeq }) => ({ userId, deliveredSeq, readSeq }))
}

async function readLastMessages(
  prisma: PrismaClient,
  ids: readonly string[],
  sign: SignUrl,
): Promise<Map<string, Message>> {
  const found = await prisma.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM sessions s JOIN messages m ON m.session_id = s.id AND m.seq = s.last_seq
    WHERE s.id = ANY(${[...ids]}::text[])`
  const rows: MessageRow[] = await prisma.message.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
  })
  const messages = await toMessages(prisma, rows, sign)
  return new Map(messages.map(message => [message.sessionId, message]))
}

async function readPositions(
  prisma: PrismaClient,
  siteId: string,
  rows: readonly Row[],
): Promise<Map<string, number>> {
  const waiting = rows.filter(({ status }) => status === 'waiting').map(({ id }) => id)
  if (waiting.length === 0) return new Map()
  const found = await prisma.$queryRaw<{ id: string; position: number }[]>`
    SELECT id, position FROM (
      SELECT id, (row_number() OVER (ORDER BY returned DESC, queue_no))::int AS position
      FROM sessions WHERE site_id = ${siteId} AND status = 'waiting'
    ) queue WHERE id = ANY(${waiting}::text[])`
  return new Map(found.map(({ id, position }) => [id, position]))
}

async function readUnread(
  prisma: PrismaClient,
  ids: readonly string[],
  reader: string | null,
): Promise<Map<string, number>> {
  if (reader === null) return new Map()
  const found = await prisma.$queryRaw<{ id: string; unread: number }[]>(Prisma.sql`
    SELECT p.session_id AS id, (SELECT count(*) FROM messages m
      WHERE m.session_id = p.session_id AND m.seq > p.read_seq AND m.sender_id <> p.user_id)::int AS unread
    FROM participants p
    WHERE p.session_id = ANY(${[...ids]}::text[]) AND p.user_id = ${reader} AND p.left_change IS NULL`)
  return new Map(found.map(({ id, unread }) => [id, unread]))
}
