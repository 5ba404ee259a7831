import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { lostOrDoubled } from './acknowledged.ts'
import { act, type Crowd, startTwice, Told } from './crowd.ts'
import { brokenAlways, brokenInTheEnd, overtaken } from './invariants.ts'
import { bundleNode, type NodeBundle, type NodeProcess, startNode } from './node-process.ts'
import { randomOf } from './random.ts'
import { openSite, type Site } from './site.ts'

const SEED = Number(process.env['PARLEY_RACE_SEED'] ?? 20_261_121)
const LIMITS = { ann: 1, bob: 2, cem: 3, dee: 2 }
const VISITORS = 100
const ACTORS = 40
const STEPS = 9

describe.runIf(testDatabases.length > 1)('two processes on one PostgreSQL', () => {
  let bundle: NodeBundle
  let site: Site
  let nodes: NodeProcess[]
  let crowd: Crowd
  const told = new Told()

  beforeAll(async () => {
    bundle = await bundleNode()
    site = await openSite()
    for (const [id, limit] of Object.entries(LIMITS)) await site.addOperator(id, limit)
    nodes = await Promise.all([startNode(bundle, site.url), startNode(bundle, site.url)])
    crowd = {
      desks: nodes.map(({ desk }) => desk),
      random: randomOf(SEED),
      visitors: Array.from({ length: VISITORS }, (_, n) => `visitor${n}`),
      operators: Object.keys(LIMITS),
      talks: ['talk one', 'talk two'],
      talker: 'talker',
    }
    for (const id of crowd.talks) await site.addTalk(id, [crowd.talker, 'listener'])
  }, 60_000)

  afterAll(async () => {
    await Promise.all(nodes.map(node => node.stop()))
    await site.close()
    await bundle.remove()
  })

  /** Looks all the while; answers with how often, and what was broken. */
  async function watched(deeds: Promise<unknown>) {
    let looks = 0
    const broken: unknown[] = []
    let over = false
    const done = deeds.finally(() => {
      over = true
    })
    do {
      const now = await brokenAlways(site.database.pool)
      looks += 1
      if (Object.keys(now).length > 0) broken.push(now)
    } while (!over)
    await done
    return { looks, broken }
  }

  const connectOperators = () =>
    Promise.all(
      crowd.operators.map((id, n) => crowd.desks[n % 2]?.connect(`connection of ${id}`, id, 'operator')),
    )

  test('hundreds of starts at once, each through both', async () => {
    await connectOperators()
    const starts = Promise.all(crowd.visitors.map(visitor => startTwice(crowd, told, visitor)))
    const { looks, broken } = await watched(starts)
    expect(broken).toEqual([])
    expect(looks).toBeGreaterThan(3)
    expect(new Set(told.sessionOf.values()).size).toBe(VISITORS)
    const { rows } = await site.database.pool.query('SELECT user_id, load FROM operators ORDER BY user_id')
    expect(rows).toEqual(Object.entries(LIMITS).map(([user_id, load]) => ({ user_id, load })))
    expect(await overtaken(site.database.pool, [])).toEqual([])
  }, 30_000)

  test('everything that people do, at once', async () => {
    const actors = Array.from({ length: ACTORS }, () => act({ crowd, told, steps: STEPS }))
    const { looks, broken } = await watched(Promise.all(actors))
    expect(broken, `seed ${SEED}`).toEqual([])
    expect(looks).toBeGreaterThan(10)
    expect(told.stored.size).toBeGreaterThan(60)
    expect(told.refusals.get('conflict')).toBeGreaterThan(0)
    expect(await overtaken(site.database.pool, told.byHand)).toEqual([])
    expect(await lostOrDoubled(site.database.pool, told)).toEqual([])
  }, 60_000)

  test('at the end everyone has been served, and all numbers are dense', async () => {
    await Promise.all(crowd.operators.map(id => crowd.desks[0]?.limit(id, 4)))
    await Promise.all(crowd.operators.map(id => crowd.desks[1]?.status(id, 'online')))
    for (let active = await activeSessions(); active.length > 0; active = await activeSessions())
      await Promise.all(active.map((id, n) => crowd.desks[n % 2]?.end(id)))
    const { pool } = site.database
    expect((await pool.query("SELECT id FROM sessions WHERE status = 'waiting'")).rows).toEqual([])
    expect(await brokenInTheEnd(pool)).toEqual({})
    expect(await overtaken(pool, told.byHand)).toEqual([])
  }, 30_000)

  test('nobody has ever waited for the other’s locks in a circle', async () => {
    await Promise.all(nodes.map(node => node.stop()))
    expect(await site.deadlocks()).toBe(0)
  })

  async function activeSessions(): Promise<string[]> {
    const { rows } = await site.database.pool.query<{ id: string }>(
      "SELECT id FROM sessions WHERE status = 'active' AND type = 'support'",
    )
    return rows.map(({ id }) => id)
  }
})
