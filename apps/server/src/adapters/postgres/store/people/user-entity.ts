import type { PersonStatus, Role, User } from '@parley/contracts'
import { Prisma } from '../../../../generated/prisma/client.ts'

/** Of `PEOPLE`. */
export const USER_COLUMNS = Prisma.sql`
  u.id, u.username, u.real_name AS "realName", u.nickname, u.email, u.phone, coalesce(o.avatar, u.avatar) AS avatar,
  u.role::text, u.is_active AS "isActive", u.last_seen_at AS "lastSeenAt", u.chosen_presence::text AS "chosenPresence",
  u.created_at AS "createdAt", u.updated_at AS "updatedAt",
  EXISTS (SELECT FROM connections c WHERE c.site_id = u.site_id AND c.user_id = u.id) AS connected`
export const PEOPLE = Prisma.sql`
  users u LEFT JOIN operators o ON o.site_id = u.site_id AND o.user_id = u.id`

/** Users and staff: no visitors, no automatic senders. */
export const HAS_ACCOUNT = Prisma.sql`u.role NOT IN ('visitor', 'system')`

export interface PresenceRow {
  readonly chosenPresence: 'away' | 'offline' | null
  readonly connected: boolean
  readonly lastSeenAt: Date | null
}

export interface UserRow extends PresenceRow {
  readonly id: string
  readonly username: string | null
  readonly realName: string | null
  readonly nickname: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly avatar: string | null
  readonly role: Role
  readonly isActive: boolean
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** When somebody was there is told of those only who are seen as offline (U3, U5). */
export function presenceOf({ connected, chosenPresence, lastSeenAt }: PresenceRow) {
  const status: PersonStatus = connected ? (chosenPresence ?? 'online') : 'offline'
  return { status, lastSeen: status === 'offline' ? (lastSeenAt?.toISOString() ?? null) : null }
}

/** A person as others see it (U2). */
export const toUser = (row: UserRow, withContacts = false): User => ({
  id: row.id,
  username: row.username,
  realName: row.realName,
  nickname: row.nickname,
  email: withContacts ? row.email : null,
  phone: withContacts ? row.phone : null,
  avatar: row.avatar,
  role: row.role,
  ...presenceOf(row),
  isActive: row.isActive,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})
