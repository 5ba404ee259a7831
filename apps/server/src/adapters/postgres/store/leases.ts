import type { Lease, LeaseStore } from '@parley/core'
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
        if (known.length === 0) return { known: false, gone: [], came: [] }
        const closing = closed.length === 0 ? [] : await connectionsOf(tx, siteId, [nodeId], closed)
        await holdPeople(
          tx,
          [...opened, ...closing].map(({ userId }) => userId),
        )
        const newcomers = await open(tx, siteId, nodeId, opened)
        const held = closed.length === 0 ? [] : await connectionsOf(tx, siteId, [nodeId], closed)
        const gone = await close(tx, desk, held, graceMs)
        return { known: true, gone, came: newcomers.filter(userId => !gone.includes(userId)) }
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

    connected: userIds => connectedOf(prisma, siteId, userIds),

    seen: userIds => sawPeople(prisma, siteId, userIds, 'in passing'),
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

/** Answers with the people whose first connection this is. Who opens and who closes a person's connections is held. */
async function open(tx: Tx, siteId: string, nodeId: string, opened: readonly Lease[]): Promise<string[]> {
  if (opened.length === 0) return []
  const people = [...new Set(opened.map(({ userId }) => userId))]
  const before = await connectedOf(tx, siteId, people)
  await tx.connection.createMany({
    data: opened.map(({ connectionId, userId }) => ({ id: connectionId, siteId, userId, nodeId })),
    skipDuplicates: true,
  })
  return people.filter(userId => !before.has(userId))
}

/** Nodes that the caller has locked. All in one go: closing locks people, and may do so only once, in one order. */
async function dropNodes(tx: Tx, desk: Desk, nodeIds: readonly string[], graceMs: number): Promise<string[]> {
  if (nodeIds.length === 0) return []
  const held = await connectionsOf(tx, desk.siteId, nodeIds)
  await holdPeople(
    tx,
    held.map(({ userId }) => userId),
  )
  const gone = await close(tx, desk, held, graceMs)
  await tx.node.deleteMany({ where: { id: { in: [...nodeIds] } } })
  return gone
}

/**
 * One at a time a person, in one order: two nodes that close a person's last two connections at once must not both see
 * the other's. Held until the commit.
 */
export async function holdPeople(tx: Tx, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(${CLOSING_LOCK}::int, key) FROM (
      SELECT DISTINCT hashtext(person) AS key FROM unnest(${[...new Set(userIds)]}::text[]) AS person ORDER BY key
    ) keys`
}

/** Closes connections of people who are held; answers with those whose last one this was. */
async function close(
  tx: Tx,
  { siteId, newId }: Desk,
  held: readonly Held[],
  graceMs: number,
): Promise<string[]> {
  if (held.length === 0) return []
  const people = [...new Set(held.map(({ userId }) => userId))]
  await tx.connection.deleteMany({ where: { id: { in: held.map(({ id }) => id) } } })
  const connected = await connectedOf(tx, siteId, people)
  const gone = people.filter(person => !connected.has(person))
  await sawPeople(tx, siteId, gone, 'for the last time')
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

async function connectedOf(tx: Tx, siteId: string, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.connection.findMany({
    where: { siteId, userId: { in: [...userIds] } },
    distinct: ['userId'],
    select: { userId: true },
  })
  return new Set(rows.map(({ userId }) => userId))
}

/** What somebody has chosen to be seen as is forgotten with the last connection (U3). */
async function sawPeople(
  tx: Tx,
  siteId: string,
  userIds: readonly string[],
  how: 'in passing' | 'for the last time',
): Promise<void> {
  if (userIds.length === 0) return
  const forgets = how === 'for the last time'
  await tx.$executeRaw`
    UPDATE users u SET last_seen_at = clock_timestamp(),
      chosen_presence = CASE WHEN ${forgets} THEN NULL ELSE chosen_presence END
    FROM (SELECT id FROM users WHERE site_id = ${siteId} AND id = ANY(${[...userIds]}::text[]) ORDER BY id FOR NO KEY UPDATE) l
    WHERE u.site_id = ${siteId} AND u.id = l.id`
}
