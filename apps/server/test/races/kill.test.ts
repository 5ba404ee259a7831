import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPostgresStore } from '../../src/adapters/postgres/store/postgres-store.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { systemIds } from '../../src/adapters/system/system-ids.ts'
import { lostOrDoubled } from './acknowledged.ts'
import { act, type Crowd, startTwice, Told } from './crowd.ts'
import { brokenInTheEnd, overtaken } from './invariants.ts'
import { bundleNode, type NodeBundle, type NodeProcess, startNode } from './node-process.ts'
import { randomOf } from './random.ts'
import { openSite, type Site, siteId } from './site.ts'

const LIMITS = { ann: 2, bob: 3, cem: 2 }

describe.runIf(testDatabases.length > 1)('a process that is killed with -9 in the middle of it all', () => {
  let bundle: NodeBundle
  let site: Site
  let dying: NodeProcess
  let living: NodeProcess

  beforeAll(async () => {
    bundle = await bundleNode()
    site = await openSite()
    for (const [id, limit] of Object.entries(LIMITS)) await site.addOperator(id, limit)
    ;[dying, living] = await Promise.all([startNode(bundle, site.url), startNode(bundle, site.url)])
  }, 60_000)

  afterAll(async () => {
    await living.stop()
    await site.close()
    await bundle.remove()
  })

  const crowdAt = (...nodes: NodeProcess[]): Crowd => ({
    desks: nodes.map(({ desk }) => desk),
    random: randomOf(7),
    visitors: Array.from({ length: 60 }, (_, n) => `visitor${n}`),
    operators: Object.keys(LIMITS),
    talks: ['none', 'none'],
    talker: 'nobody',
  })

  test('leaves nothing half-written, and the other goes on', async () => {
    const told = new Told()
    const both = crowdAt(dying, living)
    await Promise.all(both.operators.map((id, n) => both.desks[n % 2]?.connect(id, id, 'operator')))
    await Promise.all(both.visitors.map(visitor => startTwice(both, told, visitor)))
    const other = crowdAt(living)
    const busy = [both, other].flatMap(crowd =>
      Array.from({ length: 20 }, () => act({ crowd, told, steps: 6 })),
    )
    await expect.poll(() => told.stored.size, { interval: 5, timeout: 10_000 }).toBeGreaterThan(10)
    await dying.kill()
    const before = told.stored.size
    await Promise.all(busy)
    await act({ crowd: other, told, steps: 10 })
    const { pool } = site.database
    expect(await brokenInTheEnd(pool)).toEqual({})
    expect(await lostOrDoubled(pool, told)).toEqual([])
    expect(await overtaken(pool, told.byHand)).toEqual([])
    expect(told.stored.size).toBeGreaterThan(before)
  }, 60_000)

  test('its operators go when it is found dead, and their sessions go to those who are there', async () => {
    const store = createPostgresStore(site.database, siteId, systemIds)
    const connected = async () => {
      await store.reapNodes({ olderThanMs: 5000, graceMs: 0 })
      return [...(await store.connected(Object.keys(LIMITS)))]
    }
    await expect.poll(connected, { timeout: 12_000 }).toEqual(['bob'])
    const statuses = async () => (await store.operators()).map(({ id, status }) => `${id} ${status}`)
    await living.desk.status('bob', 'online')
    await expect
      .poll(statuses, { timeout: 8000 })
      .toEqual(expect.arrayContaining(['ann offline', 'bob online', 'cem offline']))
    expect(await brokenInTheEnd(site.database.pool)).toEqual({})
  }, 30_000)
})
