import type { MessageStore, WriteRefusal } from '@parley/core'
import { type Bond, mayWrite } from '@parley/core'
import type { PrismaClient } from '../../../generated/prisma/client.ts'

interface Row {
  readonly id: string
  readonly status: 'waiting' | 'active' | 'ended'
  readonly bond: Bond | null
  readonly takesPart: boolean
}

/** What `append_messages` would say now, in the same order. */
export const writeRefusals =
  (prisma: PrismaClient, siteId: string): MessageStore['writeRefusals'] =>
  async ({ sessionIds, senderId, mustTakePart, anyone }) => {
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT s.id, s.status::text, s.bond::text, EXISTS (
        SELECT FROM participants p WHERE p.session_id = s.id AND p.user_id = ${senderId} AND p.left_change IS NULL
      ) AS "takesPart"
      FROM sessions s WHERE s.site_id = ${siteId} AND s.id = ANY(${[...sessionIds]}::text[])`
    const known = new Map(rows.map(row => [row.id, row]))
    const refusalOf = (row: Row | undefined): WriteRefusal | null => {
      if (!row || (mustTakePart && !row.takesPart)) return 'not_found'
      if (row.status === 'ended') return 'session_ended'
      return mustTakePart && row.bond !== null && !mayWrite(row.bond, anyone) ? 'not_friends' : null
    }
    return new Map(
      sessionIds.flatMap(id => {
        const code = refusalOf(known.get(id))
        return code ? [[id, code] as const] : []
      }),
    )
  }
