import { MARKS_MAX, type Message, PEOPLE_MAX, type PersonCard, type Session } from '@parley/contracts'
import type { Progress } from '@parley/core'
import type { Message as MessageRow, Prisma, PrismaClient } from '../../../generated/prisma/client.ts'
import { progressOf, type SignUrl, toMessages } from './message-entity.ts'
import { UNREAD } from './unread.ts'

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
  const [parts, lastMessages, positions, unread] = await Promise.all([
    readParts(prisma, ids),
    readLastMessages(prisma, ids, sign),
    readPositions(prisma, siteId, rows),
    readUnread(prisma, ids, reader),
  ])
  const people = await readCards(prisma, siteId, rows, parts)
  const known = new Map(
    rows.map(row => {
      const seen = {
        parts: parts.get(row.id) ?? [],
        people: people.get(row.id) ?? [],
        last: lastMessages.get(row.id),
        position: positions.get(row.id) ?? null,
        unread: unread.get(row.id) ?? null,
      }
      return [row.id, toSession(row, reader, seen)]
    }),
  )
  return ids.flatMap(id => known.get(id) ?? [])
}

interface Seen {
  /** Of those who take part. */
  readonly parts: readonly Progress[]
  readonly people: Session['people']
  readonly last: Message | undefined
  readonly position: number | null
  readonly unread: number | null
}

function toSession(
  row: Row,
  reader: string | null,
  { parts, people, last, position, unread }: Seen,
): Session {
  const own = parts.find(({ userId }) => userId === reader)
  return {
    id: row.id,
    siteId: row.siteId,
    type: row.type,
    name: row.name,
    subject: row.subject,
    metadata: row.metadata as Session['metadata'],
    participants: parts.map(({ userId }) => userId),
    people,
    ownerId: row.ownerId,
    showsHistory: row.showsHistory,
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

async function readParts(
  prisma: PrismaClient,
  ids: readonly string[],
): Promise<Map<string, readonly Progress[]>> {
  const progress = await progressOf(prisma, ids)
  return new Map([...progress].map(([id, { parts }]) => [id, parts.filter(({ left }) => !left)]))
}

/** Whom a private session or group shows; of all of them in one query. */
async function readCards(
  prisma: PrismaClient,
  siteId: string,
  rows: readonly Row[],
  parts: ReadonlyMap<string, readonly Progress[]>,
): Promise<Map<string, PersonCard[]>> {
  const shown = new Map(
    rows
      .filter(({ type }) => type !== 'support')
      .map(({ id }) => [id, (parts.get(id) ?? []).slice(0, PEOPLE_MAX).map(({ userId }) => userId)]),
  )
  const cards = await cardsOf(prisma, siteId, [...new Set([...shown.values()].flat())])
  const nameless = (id: string): PersonCard => ({ id, name: null, avatar: null })
  return new Map([...shown].map(([id, people]) => [id, people.map(one => cards.get(one) ?? nameless(one))]))
}

async function cardsOf(
  prisma: PrismaClient,
  siteId: string,
  userIds: readonly string[],
): Promise<Map<string, PersonCard>> {
  if (userIds.length === 0) return new Map()
  const rows = await prisma.$queryRaw<PersonCard[]>`
    SELECT u.id, coalesce(o.name, u.real_name, u.nickname) AS name, coalesce(o.avatar, u.avatar) AS avatar
    FROM users u LEFT JOIN operators o ON o.site_id = u.site_id AND o.user_id = u.id
    WHERE u.site_id = ${siteId} AND u.id = ANY(${[...userIds]}::text[])`
  return new Map(rows.map(card => [card.id, card]))
}

async function readUnread(
  prisma: PrismaClient,
  ids: readonly string[],
  reader: string | null,
): Promise<Map<string, number>> {
  if (reader === null) return new Map()
  const found = await prisma.$queryRaw<{ id: string; unread: number }[]>`
    SELECT s.id, ${UNREAD} AS unread FROM participants p JOIN sessions s ON s.id = p.session_id
    WHERE p.session_id = ANY(${[...ids]}::text[]) AND p.user_id = ${reader} AND p.left_change IS NULL`
  return new Map(found.map(({ id, unread }) => [id, unread]))
}
