import type { Participant, Role } from '@parley/contracts'
import type { PeopleFilter, PeopleStore, Sight } from '@parley/core'
import { Prisma, type PrismaClient } from '../../../../generated/prisma/client.ts'
import { holdPeople } from '../leases.ts'
import { contains } from './contains.ts'
import { peersOf } from './peers.ts'
import {
  HAS_ACCOUNT,
  PEOPLE,
  type PresenceRow,
  presenceOf,
  toUser,
  USER_COLUMNS,
  type UserRow,
} from './user-entity.ts'

const BY_NAME = Prisma.sql`lower(coalesce(u.real_name, u.nickname, u.username, '')) COLLATE "C", u.id COLLATE "C"`

export function peopleStore(prisma: PrismaClient, siteId: string): PeopleStore {
  return {
    async people(sight, filter, { limit, skip }, withContacts) {
      const where = Prisma.sql`u.site_id = ${siteId} AND ${inSight(siteId, sight)} AND ${fits(filter)}`
      const [rows, [count]] = await Promise.all([
        prisma.$queryRaw<UserRow[]>`
          SELECT ${USER_COLUMNS} FROM ${PEOPLE} WHERE ${where} ORDER BY ${BY_NAME} LIMIT ${limit} OFFSET ${skip}`,
        prisma.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total FROM users u WHERE ${where}`,
      ])
      return { items: rows.map(row => toUser(row, withContacts)), total: count?.total ?? 0 }
    },

    async peopleById(ids, sight, withContacts) {
      const rows = await prisma.$queryRaw<UserRow[]>`
        SELECT ${USER_COLUMNS} FROM ${PEOPLE}
        WHERE u.site_id = ${siteId} AND u.id = ANY(${[...ids]}::text[]) AND ${inSight(siteId, sight)}`
      const known = new Map(rows.map(row => [row.id, toUser(row, withContacts)]))
      return ids.flatMap(id => known.get(id) ?? [])
    },

    async peersOf(userId, limit) {
      const rows = await prisma.$queryRaw<{ id: string }[]>`
        SELECT id FROM (${peersOf(siteId, userId)}) AS peer(id) WHERE id <> ${userId} LIMIT ${limit}`
      return rows.map(({ id }) => id)
    },

    async participants(sessionId, { limit, skip }, withContacts) {
      // Each looked up by its key: a join of so many would read all people of the site.
      const known = Prisma.sql`participants p CROSS JOIN LATERAL (
          SELECT FROM users u WHERE u.site_id = p.site_id AND u.id = p.user_id OFFSET 0) known
        WHERE p.session_id = ${sessionId} AND p.site_id = ${siteId} AND p.left_change IS NULL`
      const order = Prisma.sql`p.joined_change, p.place, p.joined_at, p.user_id`
      const [rows, [count]] = await Promise.all([
        prisma.$queryRaw<(UserRow & { part: Participant['role']; joinedAt: Date })[]>`
          SELECT person.*, p.role::text AS part, p.joined_at AS "joinedAt"
          FROM (SELECT p.* FROM ${known} ORDER BY ${order} LIMIT ${limit} OFFSET ${skip}) p
          CROSS JOIN LATERAL (
            SELECT ${USER_COLUMNS} FROM ${PEOPLE} WHERE u.site_id = p.site_id AND u.id = p.user_id OFFSET 0
          ) person
          ORDER BY ${order}`,
        prisma.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total FROM ${known}`,
      ])
      const items = rows.map(({ part, joinedAt, ...row }) => ({
        user: toUser(row, withContacts),
        role: part,
        joinedAt: joinedAt.toISOString(),
      }))
      return { items, total: count?.total ?? 0 }
    },

    /** Under the lock of those who close connections: what is chosen while the last one closes is forgotten with it. */
    async choosePresence(userId, status) {
      const chosen = status === 'online' ? null : status
      await prisma.$transaction(async tx => {
        await holdPeople(tx, [userId])
        await tx.$executeRaw`
          UPDATE users u SET chosen_presence = ${chosen}::chosen_presence
          WHERE u.site_id = ${siteId} AND u.id = ${userId} AND EXISTS (
            SELECT FROM connections c WHERE c.site_id = u.site_id AND c.user_id = u.id)`
      })
    },

    async presence(userIds) {
      const rows = await prisma.$queryRaw<(PresenceRow & { id: string; role: Role })[]>`
        SELECT ${USER_COLUMNS} FROM ${PEOPLE} WHERE u.site_id = ${siteId} AND u.id = ANY(${[...userIds]}::text[])`
      const known = new Map(rows.map(row => [row.id, row]))
      return userIds.flatMap(userId => {
        const row = known.get(userId)
        return row ? [{ userId, role: row.role, ...presenceOf(row) }] : []
      })
    },
  }
}

function inSight(siteId: string, sight: Sight): Prisma.Sql {
  switch (sight.kind) {
    case 'all':
      return Prisma.sql`true`
    case 'accounts':
      return Prisma.sql`u.is_active AND ${HAS_ACCOUNT}`
    case 'peers':
      return Prisma.sql`u.is_active
        AND u.id = ANY(ARRAY(${peersOf(siteId, sight.of)} UNION SELECT ${sight.of}))`
  }
}

function fits({ search, role, online }: PeopleFilter): Prisma.Sql {
  const conditions = [
    Prisma.sql`true`,
    ...(role === undefined ? [] : [Prisma.sql`u.role = ${role}::user_role`]),
    ...(search === undefined
      ? []
      : [
          Prisma.sql`(${contains(Prisma.sql`u.real_name`, search)} OR ${contains(Prisma.sql`u.nickname`, search)}
            OR ${contains(Prisma.sql`u.username`, search)})`,
        ]),
    ...(online ? [IS_ONLINE] : []),
  ]
  return Prisma.join(conditions, ' AND ')
}

/** An array, so that they are found by the few who are connected. */
const IS_ONLINE = Prisma.sql`u.chosen_presence IS DISTINCT FROM 'offline' AND u.id = ANY(ARRAY(
  SELECT c.user_id FROM connections c))`
