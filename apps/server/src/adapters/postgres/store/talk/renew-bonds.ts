import { type Bond, bondOf } from '@parley/core'
import { isStaffRole, standing } from './standing.ts'
import type { Step } from './step.ts'

interface OfTwo {
  readonly id: string
  readonly otherId: string
  readonly together: boolean
}

/**
 * Sets the bonds of all private sessions of a person to what follows from its role, which `change` changes in the same
 * step (F11). Sessions are held before people, as everywhere.
 */
export async function withNewRole(step: Step, userId: string, change: () => Promise<void>): Promise<void> {
  await holdPrivateSessions(step, userId)
  await change()
  const sessions = await holdPrivateSessions(step, userId)
  if (sessions.length === 0) return
  const { roles, others } = await standing(
    step,
    userId,
    sessions.map(({ otherId }) => otherId),
  )
  const isStaff = isStaffRole(roles.get(userId) ?? 'visitor')
  const bonds = sessions.flatMap(({ id, otherId, together }) => {
    const other = others.get(otherId)
    if (!other) return []
    const { friends, blocked, role } = other
    return [{ id, bond: bondOf({ friends, blocked, staff: isStaff || isStaffRole(role), together }) }]
  })
  await setBonds(step, bonds)
}

const holdPrivateSessions = ({ tx, siteId }: Step, userId: string): Promise<OfTwo[]> =>
  tx.$queryRaw<OfTwo[]>`
    SELECT s.id, s.brought_together AS together, o.user_id AS "otherId"
    FROM participants p
    JOIN sessions s ON s.id = p.session_id AND s.type = 'private'
    JOIN participants o ON o.session_id = s.id AND o.user_id <> p.user_id
    WHERE p.site_id = ${siteId} AND p.user_id = ${userId}
    ORDER BY s.id FOR NO KEY UPDATE OF s`

async function setBonds(
  { tx }: Step,
  bonds: readonly { readonly id: string; readonly bond: Bond }[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE sessions s SET bond = b.bond::bond
    FROM unnest(${bonds.map(({ id }) => id)}::text[], ${bonds.map(({ bond }) => bond)}::text[]) AS b (id, bond)
    WHERE s.id = b.id AND s.bond IS DISTINCT FROM b.bond::bond`
}
