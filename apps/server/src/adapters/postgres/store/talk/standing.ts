import { isStaff, type Role } from '@parley/contracts'
import type { Step } from './step.ts'

export const isStaffRole = (role: Role): boolean => isStaff(role)

/** What is known of somebody as another sees it. */
export interface Standing {
  readonly role: Role
  readonly friends: boolean
  /** Either has blocked the other. */
  readonly blocked: boolean
}

interface Row extends Standing {
  readonly id: string
}

/** How others stand to a person, those of them who are known. `roles`: of all of them and the person. */
export async function standing(
  { tx, siteId }: Step,
  userId: string,
  otherIds: readonly string[],
): Promise<{
  readonly roles: ReadonlyMap<string, Role>
  readonly others: ReadonlyMap<string, Standing>
}> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT u.id, u.role::text,
      EXISTS (SELECT FROM friendships f
        WHERE f.site_id = u.site_id AND f.user_id = ${userId} AND f.friend_id = u.id) AS friends,
      EXISTS (SELECT FROM blocks b WHERE b.site_id = u.site_id AND b.user_id = ${userId} AND b.blocked_id = u.id)
        OR EXISTS (SELECT FROM blocks b
          WHERE b.site_id = u.site_id AND b.user_id = u.id AND b.blocked_id = ${userId}) AS blocked
    FROM users u WHERE u.site_id = ${siteId} AND u.id = ANY(${[userId, ...otherIds]}::text[])`
  const others = new Set(otherIds)
  return {
    roles: new Map(rows.map(({ id, role }) => [id, role])),
    others: new Map(rows.filter(({ id }) => others.has(id)).map(row => [row.id, row])),
  }
}

/** Makes those whom nobody knows yet, as users (S11). In the order in which all lock people. */
export async function makePeople({ tx, siteId }: Step, userIds: readonly string[]): Promise<void> {
  await tx.user.createMany({
    data: [...userIds].sort().map(id => ({ siteId, id, role: 'user' as const })),
    skipDuplicates: true,
  })
}
