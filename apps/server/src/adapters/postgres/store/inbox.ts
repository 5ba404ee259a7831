import type { InboxEntry, InboxRange, SessionStore } from '@parley/core'
import { Prisma, type PrismaClient } from '../../../generated/prisma/client.ts'
import { UNREAD } from './unread.ts'

type Reads = Pick<SessionStore, 'inbox' | 'newParts' | 'unread' | 'userStats'>

export function inboxReads(prisma: PrismaClient, siteId: string): Reads {
  /** What the person takes part in. */
  const seats = (userId: string) => Prisma.sql`
    participants p JOIN sessions s ON s.id = p.session_id
    WHERE p.site_id = ${siteId} AND p.user_id = ${userId} AND p.left_change IS NULL`

  return {
    inbox: (userId, range) =>
      prisma.$queryRaw<InboxEntry[]>`
        SELECT s.id AS "sessionId", s.last_change AS "lastChange", s.last_seq AS "lastSeq",
          p.joined_change AS "joinedChange", p.joined_seq AS "visibleAfterSeq", p.delivered_seq AS "deliveredSeq"
        FROM ${seats(userId)} AND (s.status <> 'ended' OR p.delivered_seq < s.last_seq) AND ${within(range)}`,

    newParts: (userIds, withinMs) =>
      prisma.$queryRaw<{ sessionId: string; userId: string }[]>`
        SELECT session_id AS "sessionId", user_id AS "userId" FROM participants
        WHERE site_id = ${siteId} AND left_change IS NULL AND user_id = ANY(${[...userIds]}::text[])
          AND joined_at >= clock_timestamp() - ${withinMs}::float8 * interval '1 millisecond'`,

    async unread(userId) {
      const rows = await prisma.$queryRaw<{ id: string; unread: number }[]>`
        SELECT id, unread FROM (
          SELECT s.id, ${UNREAD} AS unread FROM ${seats(userId)} AND s.last_seq > p.read_seq
        ) counted WHERE unread > 0`
      return new Map(rows.map(({ id, unread }) => [id, unread]))
    },

    async userStats(userId) {
      const [stats] = await prisma.$queryRaw<
        { totalSessions: number; totalMessages: number; sentMessages: number; unreadMessages: number }[]
      >`
        SELECT count(*)::int AS "totalSessions", coalesce(sum(s.last_seq - p.joined_seq), 0)::int AS "totalMessages",
          coalesce(sum(${SENT}), 0)::int AS "sentMessages", coalesce(sum(${UNREAD}), 0)::int AS "unreadMessages"
        FROM ${seats(userId)}`
      if (!stats) throw new Error('a count without a row')
      return { ...stats, receivedMessages: stats.totalMessages - stats.sentMessages }
    },
  }
}

/** What the participant `p` has written in `s` of what it sees. */
const SENT = Prisma.sql`
  CASE WHEN s.has_outsiders THEN (
    SELECT count(*)::int FROM messages m WHERE m.session_id = s.id AND m.seq > p.joined_seq AND m.sender_id = p.user_id
  ) ELSE p.sent_count - p.sent_before END`

const within = (range: InboxRange): Prisma.Sql =>
  range.kind === 'some'
    ? Prisma.sql`p.session_id = ANY(${[...range.sessionIds]}::text[])`
    : Prisma.sql`(${range.sessionId}::text IS NULL OR p.session_id > ${range.sessionId})
        ORDER BY p.session_id LIMIT ${range.limit}`
