import type { DeskStats } from '@parley/contracts'
import type { SessionStore } from '@parley/core'
import type { PrismaClient } from '../../../generated/prisma/client.ts'

/** Figures of the support desk, counted over the tables. */
export function figures(
  prisma: PrismaClient,
  siteId: string,
): Pick<SessionStore, 'recentWaits' | 'deskStats'> {
  return {
    async recentWaits(limit) {
      const rows = await prisma.$queryRaw<{ waitedMs: number; assignedAt: Date }[]>`
        SELECT (1000 * extract(epoch FROM assigned_at - created_at))::float8 AS "waitedMs", assigned_at AS "assignedAt"
        FROM sessions WHERE site_id = ${siteId} AND type = 'support' AND assigned_at IS NOT NULL
        ORDER BY assigned_at DESC LIMIT ${limit}`
      return rows.map(({ waitedMs, assignedAt }) => ({ waitedMs, assignedAt: assignedAt.toISOString() }))
    },

    async deskStats() {
      // One statement, so that a session that ends meanwhile is in one of the two and not in both.
      const [sessions] = await prisma.$queryRaw<Omit<DeskStats, 'onlineAgents' | 'availableAgents'>[]>`
        WITH open AS (
          SELECT count(*) FILTER (WHERE status = 'waiting') AS waiting, count(*) FILTER (WHERE status = 'active') AS active,
            count(assigned_at) AS served, coalesce(sum(last_seq), 0) AS messages,
            coalesce(sum(1000 * extract(epoch FROM assigned_at - created_at)), 0) AS waited_ms
          FROM sessions WHERE site_id = ${siteId} AND type = 'support' AND status <> 'ended'
        ), past AS (
          SELECT coalesce(sum(ended), 0) AS ended, coalesce(sum(messages), 0) AS messages,
            coalesce(sum(served), 0) AS served, coalesce(sum(waited_ms), 0) AS waited_ms,
            coalesce(sum(served_ms), 0) AS served_ms
          FROM desk_totals WHERE site_id = ${siteId}
        )
        SELECT (past.ended + open.waiting + open.active)::int AS "totalSessions", open.waiting::int AS "waitingSessions",
          open.active::int AS "activeSessions", past.ended::int AS "endedSessions",
          (past.messages + open.messages)::int AS "totalMessages",
          coalesce(round((past.waited_ms + open.waited_ms) / nullif(past.served + open.served, 0)), 0)::int
            AS "averageWaitMs",
          coalesce(round(past.served_ms / nullif(past.served, 0)), 0)::int AS "averageDurationMs"
        FROM open, past`
      const [agents] = await prisma.$queryRaw<Pick<DeskStats, 'onlineAgents' | 'availableAgents'>[]>`
        SELECT count(*) FILTER (WHERE status <> 'offline')::int AS "onlineAgents",
          count(*) FILTER (WHERE status = 'online' AND is_active AND load < max_users)::int AS "availableAgents"
        FROM operators WHERE site_id = ${siteId}`
      if (!sessions || !agents) throw new Error('a count without a row')
      return { ...sessions, ...agents }
    },
  }
}
