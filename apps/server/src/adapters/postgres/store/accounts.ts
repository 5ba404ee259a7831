import type { Operator } from '@parley/contracts'
import type { AccountStore } from '@parley/core'
import type { PrismaClient } from '../../../generated/prisma/client.ts'
import { groupBy } from './group-by.ts'

interface Held {
  readonly operatorId: string
  readonly userId: string
}

/** Whom the operator holds (or each, if none is named), oldest first. */
const heldBy = (prisma: PrismaClient, siteId: string, operatorId: string | null): Promise<Held[]> =>
  prisma.$queryRaw<Held[]>`
    SELECT operator_id AS "operatorId", user_id AS "userId" FROM sessions
    WHERE site_id = ${siteId} AND type = 'support' AND status = 'active' AND operator_id IS NOT NULL
      AND (${operatorId}::text IS NULL OR operator_id = ${operatorId})
    ORDER BY created_at, id`

export function accountReads(prisma: PrismaClient, siteId: string): AccountStore {
  const operators = async (operatorId?: string): Promise<Operator[]> => {
    const where = { siteId, ...(operatorId !== undefined && { userId: operatorId }) }
    const rows = await prisma.operator.findMany({ where, orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }] })
    const held = await heldBy(prisma, siteId, operatorId ?? null)
    const byOperator = groupBy(held, session => session.operatorId)
    return rows.map(row => {
      const sessions = byOperator.get(row.userId) ?? []
      return {
        id: row.userId,
        name: row.name,
        avatar: row.avatar,
        status: row.status,
        isOnline: row.status !== 'offline',
        isActive: row.isActive,
        maxUsers: row.maxUsers,
        activeUsers: sessions.map(({ userId }) => userId),
        activeSessions: sessions.length,
        lastAssignedAt: row.lastAssignedAt?.toISOString() ?? null,
      }
    })
  }

  return {
    async person(userId) {
      const row = await prisma.user.findUnique({
        where: { siteId_id: { siteId, id: userId } },
        include: { operator: { select: { name: true, avatar: true } } },
      })
      if (!row) return null
      const name = row.operator?.name ?? row.realName ?? row.nickname
      return {
        id: row.id,
        role: row.role,
        name,
        avatar: row.operator?.avatar ?? row.avatar,
        isActive: row.isActive,
      }
    },
    operators: () => operators(),
    async operator(operatorId) {
      const [found] = await operators(operatorId)
      return found ?? null
    },
  }
}
