import { randomUUID } from 'node:crypto'
import type { GroupChange, GroupChanged, Store } from '@parley/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/adapters/postgres/connect.ts'
import { createPostgresStore } from '../../src/adapters/postgres/store/postgres-store.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { systemIds } from '../../src/adapters/system/system-ids.ts'
import { messageTo } from './commands.ts'
import { brokenInTheEnd } from './invariants.ts'
import { randomOf } from './random.ts'
import { openSite, type Site, siteId } from './site.ts'

const SEED = Number(process.env['PARLEY_RACE_SEED'] ?? 20_261_121)
const PEOPLE = Array.from({ length: 12 }, (_, n) => `person${n}`)
const ACTORS = 10
const STEPS = 12
const ROUNDS = 6

describe.runIf(testDatabases.length > 1)('groups through two nodes at once', () => {
  let site: Site
  let databases: Database[]
  let stores: Store[]
  const random = randomOf(SEED)

  beforeAll(async () => {
    site = await openSite()
    databases = await Promise.all([1, 2].map(() => openDatabase({ url: site.url }, { poolSize: 12 })))
    stores = databases.map(database => createPostgresStore(database, siteId, systemIds))
    await site.database.prisma.user.createMany({
      data: PEOPLE.map(id => ({ siteId, id, role: 'user' as const })),
    })
  }, 30_000)

  afterAll(async () => {
    await Promise.all(databases.map(database => database.close()))
    await site.close()
  })

  async function openGroup(userIds: readonly string[], showsHistory: boolean): Promise<string> {
    const id = randomUUID()
    const whom = { friendsOf: null, anyone: false, makesPeople: false, audit: null }
    const ownerId = userIds[0] ?? ''
    await random.pick(stores).openGroup({ id, name: 'Group', ownerId, userIds, showsHistory, ...whom })
    return id
  }

  const change = (
    sessionId: string,
    what: GroupChange['what'],
    byId: string | null = null,
  ): Promise<GroupChanged> => random.pick(stores).changeGroup({ sessionId, byId, audit: null, what })

  const adding = (...userIds: string[]): GroupChange['what'] => ({
    kind: 'add',
    userIds,
    friendsOf: null,
    anyone: false,
    makesPeople: false,
  })

  const WEIGHTS = {
    say: 8,
    sayFromOutside: 1,
    add: 5,
    remove: 3,
    leave: 2,
    handOn: 2,
    rename: 1,
    read: 4,
    recall: 3,
  }

  /** One after the other, what people do in a group. Refusals are expected: they race. */
  async function act(sessionIds: readonly string[]) {
    for (let step = 0; step < STEPS; step++) {
      const [sessionId, who] = [random.pick(sessionIds), random.pick(PEOPLE)]
      switch (random.weighted(WEIGHTS)) {
        case 'say':
          await random.pick(stores).append(messageTo(sessionId, who, null))
          break
        case 'sayFromOutside':
          if (sessionId === sessionIds[0])
            await random.pick(stores).append({ ...messageTo(sessionId, who, null), mustTakePart: false })
          break
        case 'add':
          await change(sessionId, adding(who, random.pick(PEOPLE)))
          break
        case 'remove':
          await change(sessionId, { kind: 'remove', userId: who })
          break
        case 'leave':
          await change(sessionId, { kind: 'remove', userId: who }, who)
          break
        case 'handOn':
          await change(sessionId, { kind: 'update', ownerId: who })
          break
        case 'rename':
          await change(sessionId, { kind: 'update', name: randomUUID(), showsHistory: random.below(2) === 0 })
          break
        case 'read':
          await random.pick(stores).mark([{ sessionId, userId: who, kind: 'read', from: 1, to: 1_000_000 }])
          break
        case 'recall':
          await recallOne(sessionId)
      }
    }
  }

  async function recallOne(sessionId: string): Promise<void> {
    const range = { kind: 'page', page: 1, limit: 20 } as const
    const { items } = await random.pick(stores).messages(sessionId, range, 0)
    const message = items.length > 0 ? random.pick(items) : undefined
    const request = { senderId: null, withinMs: null, byId: null, audit: null }
    if (message) await random.pick(stores).recall({ messageId: message.id, ...request })
  }

  test('[G9][G10] everything that people do in groups, at once', async () => {
    const groups = await Promise.all([false, true, true].map(shows => openGroup(PEOPLE.slice(0, 4), shows)))
    await Promise.all(Array.from({ length: ACTORS }, () => act(groups)))
    expect(await brokenInTheEnd(site.database.pool), `seed ${SEED}`).toEqual({})
  }, 60_000)

  test('[M29] figures and unread counts are what a count over the tables gives', async () => {
    for (const userId of PEOPLE) {
      const counted = await countOf(userId)
      expect(await stores[0]?.userStats(userId), `${userId}, seed ${SEED}`).toEqual(counted.stats)
      expect(Object.fromEntries((await stores[1]?.unread(userId)) ?? [])).toEqual(counted.unread)
    }
  }, 30_000)

  async function countOf(userId: string) {
    const { rows } = await site.database.pool.query<{
      id: string
      seen: number
      sent: number
      unread: number
    }>(
      `SELECT p.session_id AS id, count(m.id)::int AS seen, count(m.id) FILTER (WHERE m.sender_id = p.user_id)::int AS sent,
         count(m.id) FILTER (WHERE m.seq > p.read_seq AND m.sender_id <> p.user_id AND m.recalled_at IS NULL)::int AS unread
       FROM participants p LEFT JOIN messages m ON m.session_id = p.session_id AND m.seq > p.joined_seq
       WHERE p.user_id = $1 AND p.left_change IS NULL GROUP BY p.session_id`,
      [userId],
    )
    const sum = (what: 'seen' | 'sent' | 'unread') => rows.reduce((all, row) => all + row[what], 0)
    const stats = {
      totalSessions: rows.length,
      totalMessages: sum('seen'),
      sentMessages: sum('sent'),
      receivedMessages: sum('seen') - sum('sent'),
      unreadMessages: sum('unread'),
    }
    return {
      stats,
      unread: Object.fromEntries(rows.filter(row => row.unread > 0).map(row => [row.id, row.unread])),
    }
  }

  test('[G8] no message of somebody who has left is stored after it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [owner = '', writer = ''] = PEOPLE
      const id = await openGroup([owner, writer], false)
      const writers = Array.from({ length: 6 }, () => writeUntilRefused(id, writer))
      await expect.poll(() => lastSeq(id), { interval: 1 }).toBeGreaterThan(3)
      const left = await change(id, { kind: 'remove', userId: writer }, writer)
      if (left.kind !== 'changed') throw new Error(left.kind)
      expect(await Promise.all(writers)).toEqual(writers.map(() => 'not_found'))
      const { rows } = await site.database.pool.query(
        'SELECT 1 FROM messages WHERE session_id = $1 AND created_change > $2',
        [id, left.change],
      )
      expect(rows).toEqual([])
    }
  }, 30_000)

  async function writeUntilRefused(sessionId: string, senderId: string): Promise<string> {
    for (;;) {
      const answer = await random.pick(stores).append(messageTo(sessionId, senderId, null))
      if (answer.kind === 'refused') return answer.code
    }
  }

  async function lastSeq(sessionId: string): Promise<number> {
    const [session] = (await stores[0]?.sessions([sessionId], null)) ?? []
    return session?.lastSeq ?? Number.NaN
  }

  test('[G9] when all leave at once each is one change, and nobody owns what is left', async () => {
    const id = await openGroup(PEOPLE, false)
    const left = await Promise.all(PEOPLE.map(userId => change(id, { kind: 'remove', userId }, userId)))
    const changes = left.map(result => (result.kind === 'changed' ? result.change : result.kind))
    expect(changes.toSorted((a, b) => Number(a) - Number(b))).toEqual(PEOPLE.map((_, n) => n + 1))
    const [session] = (await stores[0]?.sessions([id], null)) ?? []
    expect(session).toMatchObject({ ownerId: null, participants: [], lastChange: PEOPLE.length })
    expect(await brokenInTheEnd(site.database.pool)).toEqual({})
  })
})
