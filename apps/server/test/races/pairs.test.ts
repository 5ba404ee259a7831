import { randomUUID } from 'node:crypto'
import type { AskResult, By, MessageStore, Store } from '@parley/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/adapters/postgres/connect.ts'
import { createPostgresStore } from '../../src/adapters/postgres/store/postgres-store.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { systemIds } from '../../src/adapters/system/system-ids.ts'
import { messageTo } from './commands.ts'
import { brokenInTheEnd } from './invariants.ts'
import { openSite, type Site, siteId } from './site.ts'

const ROUNDS = 5
const AT_ONCE = 20
const byKey: By = { actor: { kind: 'key', id: 'key', actingFor: null }, requestId: null }
const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n))

/** Two pools, as two nodes have them, on one database. */
describe.runIf(testDatabases.length > 1)('two people through two nodes at once', () => {
  let site: Site
  let databases: Database[]
  let stores: Store[]

  beforeAll(async () => {
    site = await openSite()
    databases = await Promise.all([1, 2].map(() => openDatabase({ url: site.url }, { poolSize: 12 })))
    stores = databases.map(database => createPostgresStore(database, siteId, systemIds))
  }, 30_000)

  afterAll(async () => {
    await Promise.all(databases.map(database => database.close()))
    await site.close()
  })

  const store = (n: number): Store => stores[n % stores.length] as Store

  async function twoPeople(): Promise<[string, string]> {
    const [a, b] = [`a ${randomUUID()}`, `b ${randomUUID()}`]
    await site.database.prisma.user.createMany({
      data: [a, b].map(id => ({ siteId, id, role: 'user' as const })),
    })
    return [a, b]
  }

  async function friends(): Promise<{ a: string; b: string; talk: string }> {
    const [a, b] = await twoPeople()
    await store(0).ask({ id: randomUUID(), fromId: a, toId: b, message: null })
    await store(0).accept(a, b)
    const opened = await openPrivate(0, [a, b])
    if (opened.kind !== 'opened') throw new Error('friends could not open their session')
    return { a, b, talk: opened.sessionId }
  }

  const openPrivate = (n: number, userIds: readonly [string, string], byKeyToo = false) =>
    store(n).openPrivate({
      id: randomUUID(),
      userIds: n % 3 === 0 ? userIds : [userIds[1], userIds[0]],
      bringsTogether: byKeyToo,
      anyone: !byKeyToo,
      makesPeople: byKeyToo,
      audit: byKeyToo ? byKey : null,
    })

  const rowsOf = async <T extends object>(sql: string, ...values: unknown[]): Promise<T[]> =>
    (await site.database.pool.query<T>(sql, values)).rows

  test('[G1] the private session of people who are not even known yet is one', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const pair = [`new ${randomUUID()}`, `new ${randomUUID()}`] as const
      const results = await Promise.all(times(AT_ONCE, n => openPrivate(n, pair, true)))
      const ids = results.map(result => (result.kind === 'opened' ? result.sessionId : result.code))
      expect(new Set(ids).size).toBe(1)
      expect(results.filter(result => result.kind === 'opened' && result.created)).toHaveLength(1)
      const parts = await rowsOf('SELECT user_id FROM participants WHERE session_id = $1', ids[0])
      expect(parts).toHaveLength(2)
    }
  })

  test('[F3] who ask each other in the same moment are friends, and no request is left', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [a, b] = await twoPeople()
      const asks = times(AT_ONCE, n => {
        const [fromId, toId] = n % 2 === 0 ? [a, b] : [b, a]
        return store(n >> 1).ask({ id: randomUUID(), fromId, toId, message: `try ${n}` })
      })
      const results: AskResult[] = await Promise.all(asks)
      expect(results.filter(({ kind }) => kind === 'befriended')).toHaveLength(1)
      expect(await rowsOf('SELECT 1 FROM friend_requests WHERE $1 IN (from_id, to_id)', a)).toEqual([])
      const sides = await rowsOf('SELECT user_id FROM friendships WHERE $1 IN (user_id, friend_id)', a)
      expect(sides).toHaveLength(2)
    }
  })

  /** Messages go on until one is refused; answers with how many were stored, and what the last was refused with. */
  async function writeUntilRefused(n: number, sessionId: string, senderId: string) {
    for (let stored = 0; ; stored++) {
      const answer = await store(n).append(messageTo(sessionId, senderId, null))
      if (answer.kind === 'refused') return { stored, code: answer.code }
    }
  }

  const lastSeq = async (sessionId: string): Promise<number> => {
    const [row] = await rowsOf<{ seq: number }>(
      'SELECT last_seq AS seq FROM sessions WHERE id = $1',
      sessionId,
    )
    return row?.seq ?? Number.NaN
  }

  test.each([
    ['an unfriending', (n: number, a: string, b: string) => store(n).unfriend(b, a)],
    ['a block', (n: number, a: string, b: string) => store(n).block(b, a)],
  ])(
    '[F11] no message is stored after %s',
    async (_, end) => {
      for (let round = 0; round < ROUNDS; round++) {
        const { a, b, talk } = await friends()
        const writers = times(6, n => writeUntilRefused(n, talk, a))
        await expect.poll(() => lastSeq(talk), { interval: 1 }).toBeGreaterThan(3)
        expect(await end(round, a, b)).toBe(true)
        const atTheEnd = await lastSeq(talk)
        const written = await Promise.all(writers)
        expect(await lastSeq(talk)).toBe(atTheEnd)
        expect(written.reduce((sum, { stored }) => sum + stored, 0)).toBe(atTheEnd)
        expect(new Set(written.map(({ code }) => code))).toEqual(new Set(['not_friends']))
      }
    },
    30_000,
  )

  test('[F10][F11] whatever two people do at once, the bond is what follows from it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { a, b, talk } = await friends()
      const steps = [
        () => store(round).unfriend(a, b),
        () => store(round).block(a, b),
        () => store(round).unblock(a, b),
        () => store(round).ask({ id: randomUUID(), fromId: a, toId: b, message: null }),
        () => store(round).ask({ id: randomUUID(), fromId: b, toId: a, message: null }),
        () => store(round).accept(b, a),
        () => store(round).block(b, a),
        () => store(round).unblock(b, a),
      ]
      await Promise.all(times(3, () => steps.map(step => step())).flat())
      const [row] = await rowsOf<{ bond: string; friends: boolean; blocked: boolean }>(
        `SELECT bond::text, EXISTS (SELECT FROM friendships WHERE user_id = $2) AS friends,
           EXISTS (SELECT FROM blocks WHERE user_id IN ($2, $3)) AS blocked FROM sessions WHERE id = $1`,
        talk,
        a,
        b,
      )
      expect(row?.bond).toBe(row?.blocked ? 'blocked' : row?.friends ? 'friends' : 'none')
    }
  }, 30_000)

  const read = (n: number, sessionId: string, userId: string) =>
    store(n).mark([{ sessionId, userId, kind: 'read', from: 1, to: 1_000_000 }])

  const recallOf = (messageId: string, senderId: string): Parameters<MessageStore['recall']>[0] => ({
    messageId,
    senderId,
    withinMs: null,
    byId: senderId,
    audit: null,
  })

  test('[M25][M29] recalls against reading and writing: one change each, and what is unread agrees', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { a, b, talk } = await friends()
      const sent = await Promise.all(times(10, n => store(n).append(messageTo(talk, a, null))))
      const ids = sent.map(answer => (answer.kind === 'stored' ? answer.message.id : ''))
      const recalls = ids.flatMap((id, n) => [n, n + 1].map(m => store(m).recall(recallOf(id, a))))
      const [outcomes] = await Promise.all([
        Promise.all(recalls),
        ...times(6, n => read(n, talk, b)),
        ...times(10, n => store(n).append(messageTo(talk, n % 2 ? a : b, null))),
      ])
      expect(outcomes.filter(outcome => outcome.kind === 'recalled' && outcome.change !== null)).toHaveLength(
        10,
      )
      const { items } = await store(0).messages(talk, { kind: 'page', page: 1, limit: 50 }, 0)
      expect(items.filter(({ recalled }) => recalled).map(({ text }) => text)).toEqual(times(10, () => ''))
      const [session] = await store(0).sessions([talk], a)
      expect(session?.unreadCount).toBe(await countedUnread(talk, a))
      expect((await store(0).unread(b)).get(talk) ?? 0).toBe(await countedUnread(talk, b))
    }
  }, 30_000)

  async function countedUnread(sessionId: string, userId: string): Promise<number> {
    const [row] = await rowsOf<{ unread: number }>(
      `SELECT count(*)::int AS unread FROM messages m JOIN participants p ON p.session_id = m.session_id
       WHERE m.session_id = $1 AND p.user_id = $2 AND m.seq > p.read_seq AND m.sender_id <> $2 AND m.recalled_at IS NULL`,
      sessionId,
      userId,
    )
    return row?.unread ?? Number.NaN
  }

  test('[M3] the same client message id twenty times through both is one message', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { a, talk } = await friends()
      const answers = await Promise.all(times(AT_ONCE, n => store(n).append(messageTo(talk, a, 'the same'))))
      const found = answers.map(answer => (answer.kind === 'refused' ? answer.code : answer.message.id))
      expect(new Set(found).size).toBe(1)
      expect(answers.filter(({ kind }) => kind === 'stored')).toHaveLength(1)
      expect(await lastSeq(talk)).toBe(1)
    }
  })

  test('[M26] reactions of many at once: each counts once, none is lost', async () => {
    const { a, b, talk } = await friends()
    const sent = await store(0).append(messageTo(talk, a, null))
    if (sent.kind !== 'stored') throw new Error(sent.kind)
    const { id: messageId } = sent.message
    const emojis = times(10, n => String.fromCodePoint(0x1f600 + n))
    const toggles = emojis.flatMap(emoji => [a, b].map(userId => ({ messageId, userId, emoji })))
    await Promise.all(toggles.map((toggle, n) => store(n).react(toggle)))
    const message = await store(1).message(messageId)
    expect(Object.keys(message?.reactions ?? {}).sort()).toEqual([...emojis].sort())
    expect(Object.values(message?.reactions ?? {}).map(ids => ids.length)).toEqual(emojis.map(() => 2))
    await Promise.all(toggles.map((toggle, n) => store(n + 1).react(toggle)))
    expect((await store(0).message(messageId))?.reactions).toEqual({})
  })

  test('numbers are dense and counters agree in the end', async () => {
    expect(await brokenInTheEnd(site.database.pool)).toEqual({})
  })
})
