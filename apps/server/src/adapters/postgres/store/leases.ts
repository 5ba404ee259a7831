import type { LeaseStore } from '@parley/core'
import type { Prisma, PrismaClient } from '../../../generated/prisma/client.ts'
import { scheduleJobs } from './jobs.ts'

type Tx = Prisma.TransactionClient

/** The first key of the advisory locks under which a person's connections close; the second is the person. */
const CLOSING_LOCK = 0x9a72

interface Desk {
  readonly siteId: string
  readonly newId: () => string
}

export function leaseStore(prisma: PrismaClient, siteId: string, newId: () => string): LeaseStore {
  const desk = { siteId, newId }
  return {
    async heartbeat(nodeId) {
      const [row] = await prisma.$queryRaw<{ isNew: boolean }[]>`
        INSERT INTO nodes AS n (id, started_at, last_seen_at) VALUES (${nodeId}, clock_timestamp(), clock_timestamp())
        ON CONFLICT (id) DO UPDATE SET last_seen_at = clock_timestamp()
        RETURNING xmax = 0 AS "isNew"`
      return { isNew: row?.isNew ?? true }
    },

    changeLeases: ({ nodeId, opened, closed, graceMs }) =>
      prisma.$transaction(async tx => {
        // Held until the commit, so that nobody reaps the node meanwhile.
        const known = await tx.$queryRaw<
          { id: string }[]
        >`SELECT id FROM nodes WHERE id = ${nodeId} FOR KEY SHARE`
        if (known.length === 0) return { known: false, gone: [] }
        await tx.connection.createMany({
          data: opened.map(({ connectionId, userId }) => ({ id: connectionId, siteId, userId, nodeId })),
          skipDuplicates: true,
        })
        const held = closed.length === 0 ? [] : await connectionsOf(tx, siteId, [nodeId], closed)
        return { known: true, gone: await close(tx, desk, held, graceMs) }
      }),

    reapNodes: ({ olderThanMs, graceMs }) =>
      prisma.$transaction(async tx => {
        const dead = await tx.$queryRaw<{ id: string }[]>`
          SELECT id FROM nodes WHERE last_seen_at < clock_timestamp() - ${olderThanMs}::float8 * interval '1 millisecond'
          ORDER BY id FOR UPDATE SKIP LOCKED`
        const nodeIds = dead.map(({ id }) => id)
        return { gone: await dropNodes(tx, desk, nodeIds, graceMs) }
      }),

    async leave(nodeId, graceMs) {
      await prisma.$transaction(async tx => {
        await tx.$executeRaw`SELECT 1 FROM nodes WHERE id = ${nodeId} FOR UPDATE`
        await dropNodes(tx, desk, [nodeId], graceMs)
      })
    },

    async connected(userIds) {
      const rows = await prisma.connection.findMany({
        where: { siteId, userId: { in: [...userIds] } },
        distinct: ['userId'],
        select: { userId: true },
      })
      return new Set(rows.map(({ userId }) => userId))
    },

    seen: userIds => sawPeople(prisma, siteId, userIds),
  }
}

interface Held {
  readonly id: string
  readonly userId: string
}

const connectionsOf = (
  tx: Tx,
  siteId: string,
  nodeIds: readonly string[],
  ids?: readonly string[],
): Promise<Held[]> =>
  tx.connection.findMany({
    where: { siteId, nodeId: { in: [...nodeIds] }, ...(ids && { id: { in: [...ids] } }) },
    select: { id: true, userId: true },
  })

/** Nodes that the caller has locked. All in one go: closing locks people, and may do so only once, in one order. */
async function dropNodes(tx: Tx, desk: Desk, nodeIds: readonly string[], graceMs: number): Promise<string[]> {
  if (nodeIds.length === 0) return []
  const gone = await close(tx, desk, await connectionsOf(tx, desk.siteId, nodeIds), graceMs)
  await tx.node.deleteMany({ where: { id: { in: [...nodeIds] } } })
  return gone
}

/**
 * Closes connections; answers with the people whose last one this was. Two nodes that close a person's last two at
 * once must not both see the other's: so one at a time a person, in one order.
 */
async function close(
  tx: Tx,
  { siteId, newId }: Desk,
  held: readonly Held[],
  graceMs: number,
): Promise<string[]> {
  if (held.length === 0) return []
  const people = [...new Set(held.map(({ userId }) => userId))].sort()
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(${CLOSING_LOCK}::int, key) FROM (
      SELECT DISTINCT hashtext(person) AS key FROM unnest(${people}::text[]) AS person ORDER BY key
    ) keys`
  await tx.connection.deleteMany({ where: { id: { in: held.map(({ id }) => id) } } })
  const still = await tx.connection.findMany({
    where: { siteId, userId: { in: people } },
    distinct: ['userId'],
    select: { userId: true },
  })
  const connected = new Set(still.map(({ userId }) => userId))
  const gone = people.filter(person => !connected.has(person))
  await sawPeople(tx, siteId, gone)
  const operators = await tx.operator.findMany({
    where: { siteId, userId: { in: gone } },
    select: { userId: true },
  })
  await scheduleJobs(
    tx,
    siteId,
    operators.map(({ userId }) => ({ id: newId(), kind: 'operator.grace', key: userId, inMs: graceMs })),
  )
  return gone
}

async function sawPeople(tx: Tx, siteId: string, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return
  await tx.$executeRaw`
    UPDATE users u SET last_seen_at = clock_timestamp()
    FROM (SELECT id FROM users WHERE site_id = ${siteId} AND id = ANY(${[...userIds]}::text[]) ORDER BY id FOR NO KEY UPDATE) l
    WHERE u.site_id = ${siteId} AND u.id = l.id`
}
