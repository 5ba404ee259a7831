import { randomUUID } from 'node:crypto'
import { type ChatNode, type Store, StoreUnavailable } from '@parley/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/adapters/postgres/connect.ts'
import { createPostgresStore } from '../../src/adapters/postgres/store/postgres-store.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { systemIds } from '../../src/adapters/system/system-ids.ts'
import { messageTo, startOf } from './commands.ts'
import type { Stored } from './desk.ts'
import { brokenInTheEnd } from './invariants.ts'
import { deskOf, nodeOn } from './node-desk.ts'
import { type CutProxy, proxyTo } from './proxy.ts'
import { openSite, type Site, siteId } from './site.ts'

const PEOPLE = Array.from({ length: 10 }, (_, n) => `person${n}`)
const TALK = 'talk'
const GRACE_MS = 60_000

describe.runIf(testDatabases.length > 1)('a database that goes away in the middle', () => {
  let site: Site
  let proxy: CutProxy
  let database: Database
  let store: Store
  let node: ChatNode

  beforeAll(async () => {
    site = await openSite()
    proxy = await proxyTo(site.url)
    database = await openDatabase({ url: proxy.url })
    store = createPostgresStore(database, siteId, systemIds)
    node = nodeOn(database, () => undefined)
    await site.addOperator('ann', 5)
    await site.addTalk(TALK, PEOPLE)
    await node.start()
    await deskOf(node).connect('connection', 'ann', 'operator')
  }, 30_000)

  afterAll(async () => {
    await node.stop()
    await database.close()
    await proxy.close()
    await site.close()
  })

  /** A call of every kind. */
  const calls = (): ((person: string) => Promise<unknown>)[] => [
    person => store.turn(startOf(person)),
    person => store.mark([{ sessionId: TALK, userId: person, kind: 'read', from: 1, to: 1_000_000 }]),
    () => store.messages(TALK, { kind: 'page', page: 1, limit: 5 }, 0),
    person => store.sessionsOf({ userId: person, knownTo: null }, 5, 0),
    person => store.listed('queue', person, 5),
    () => store.changesSince(TALK, 0, 5),
    () => store.deskStats(),
    () => store.operators(),
    () => store.claimJobs('node', 1, 1),
    person => store.schedule('session.abandon', person, GRACE_MS),
    person => store.seen([person]),
    async person => {
      await store.heartbeat('node')
      const opened = [{ connectionId: randomUUID(), userId: person }]
      await store.changeLeases({ nodeId: 'node', opened, closed: [], graceMs: GRACE_MS })
      await store.leave('node', GRACE_MS)
    },
  ]

  /** Calls of every kind, again and again, while `harm` is done; answers with what they failed with. */
  async function callsDuring(harm: () => Promise<void>) {
    const failures: unknown[] = []
    const acknowledged = new Map<string, Stored>()
    let over = false
    const again = async (call: () => Promise<unknown>) => {
      while (!over) await call().catch((error: unknown) => failures.push(error))
    }
    const send = async (person: string) => {
      const clientMessageId = randomUUID()
      const result = await store.append(messageTo(TALK, person, clientMessageId))
      if (result.kind !== 'refused') acknowledged.set(clientMessageId, result.message)
    }
    const busy = [
      ...PEOPLE.map(person => again(() => send(person))),
      ...calls().map((call, n) => again(() => call(PEOPLE[n % PEOPLE.length] ?? ''))),
    ]
    await harm()
    over = true
    await Promise.all(busy)
    return { failures, acknowledged }
  }

  async function expectNothingLost(acknowledged: ReadonlyMap<string, Stored>): Promise<void> {
    const { rows } = await site.database.pool.query<{ client_message_id: string; id: string; seq: number }>(
      'SELECT client_message_id, id, seq FROM messages WHERE client_message_id = ANY ($1)',
      [[...acknowledged.keys()]],
    )
    expect(rows.length).toBe(acknowledged.size)
    for (const { client_message_id, id, seq } of rows)
      expect(acknowledged.get(client_message_id)).toMatchObject({ id, seq })
    expect(await brokenInTheEnd(site.database.pool)).toEqual({})
  }

  const others = (failures: readonly unknown[]) =>
    failures.filter(failure => !(failure instanceof StoreUnavailable))

  /** Until calls have come through once more. */
  const working = () => store.append(messageTo(TALK, PEOPLE[0] ?? '', randomUUID()))

  test('[every connection ended by the server] fails calls as unavailable only, and loses nothing', async () => {
    const { failures, acknowledged } = await callsDuring(async () => {
      for (let round = 0; round < 8; round++) {
        await expect.poll(working, { timeout: 10_000 }).toMatchObject({ kind: 'stored' })
        await site.database.pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()
             AND pid NOT IN (SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_stat_activity%')`,
        )
      }
    })
    expect(failures.length).toBeGreaterThan(8)
    expect(others(failures)).toEqual([])
    await expectNothingLost(acknowledged)
  }, 60_000)

  test('[the network cut] the same', async () => {
    const { failures, acknowledged } = await callsDuring(async () => {
      for (let round = 0; round < 4; round++) {
        await expect.poll(working, { timeout: 10_000 }).toMatchObject({ kind: 'stored' })
        proxy.cut()
        await expect(store.deskStats()).rejects.toThrow(StoreUnavailable)
        proxy.mend()
      }
    })
    expect(failures.length).toBeGreaterThan(8)
    expect(others(failures)).toEqual([])
    await expectNothingLost(acknowledged)
  }, 60_000)

  test('the node heals by itself, though others thought it dead meanwhile', async () => {
    const desk = deskOf(node)
    const elsewhere = createPostgresStore(site.database, siteId, systemIds)
    await desk.limit('ann', 50)
    proxy.cut()
    await expect(desk.start('vera')).rejects.toThrow(StoreUnavailable)
    expect((await elsewhere.reapNodes({ olderThanMs: 0, graceMs: 0 })).gone).toContain('ann')
    proxy.mend()
    const connected = async () => [...(await elsewhere.connected(['ann']))]
    await expect.poll(connected, { timeout: 10_000 }).toEqual(['ann'])
    await expect.poll(() => desk.start('vera'), { timeout: 10_000 }).toEqual(expect.any(String))
    await expect
      .poll(() => elsewhere.operator('ann'), { timeout: 10_000 })
      .toMatchObject({ status: 'online', activeUsers: expect.arrayContaining(['vera']) })
    expect(await elsewhere.queue(10)).toEqual([])
  }, 60_000)
})
