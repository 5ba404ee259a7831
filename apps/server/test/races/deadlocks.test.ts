import { randomUUID } from 'node:crypto'
import type { GroupChange, Store } from '@parley/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/adapters/postgres/connect.ts'
import { createPostgresStore } from '../../src/adapters/postgres/store/postgres-store.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { systemIds } from '../../src/adapters/system/system-ids.ts'
import { messageTo, startOf } from './commands.ts'
import { brokenInTheEnd } from './invariants.ts'
import { openSite, type Site, siteId } from './site.ts'

const STORES = 6
const ROUNDS = 6
const PEOPLE = Array.from({ length: 24 }, (_, n) => `person${n}`)
const OPERATORS = ['ann', 'bob', 'cem']
const EVERYONE = [...PEOPLE, ...OPERATORS]
const MESSAGES = 6
const GRACE_MS = 60_000

const system = { actor: { kind: 'system', id: null, actingFor: null }, requestId: null } as const
const at = <T>(items: readonly T[], n: number): T => items[n % items.length] as T
/** Each store goes about it the other way round than the one before it. */
const turned = <T>(items: readonly T[], n: number): T[] => (n % 2 === 0 ? [...items] : items.toReversed())

/** Whoever takes locks in another order than the rest is waited for in a circle, sooner or later. */
describe.runIf(testDatabases.length > 1)('stores that do everything at once over many connections', () => {
  let site: Site
  let databases: Database[]
  let stores: Store[]
  const talks = Array.from({ length: STORES }, () => randomUUID())
  const started: string[] = []

  beforeAll(async () => {
    site = await openSite()
    for (const id of OPERATORS) await site.addOperator(id, 3)
    databases = await Promise.all([1, 2].map(() => openDatabase({ url: site.url }, { poolSize: 15 })))
    stores = talks.map((_, n) => createPostgresStore(at(databases, n), siteId, systemIds))
    const { prisma } = site.database
    await prisma.user.createMany({
      data: PEOPLE.map((id, n) => ({ siteId, id, role: n < 3 ? ('user' as const) : ('visitor' as const) })),
    })
    for (const id of talks) await site.addTalk(id, PEOPLE)
  }, 30_000)

  afterAll(() => site.close())

  /** The same ids from every store, each into a talk of its own: they wait for one another's claims. */
  function appends(store: Store, n: number, round: number) {
    const claims = PEOPLE.flatMap(person =>
      Array.from({ length: MESSAGES }, (_, m) => [person, `${round} ${m}`] as const),
    )
    const toTalks = turned(claims, n).map(([person, id]) => store.append(messageTo(at(talks, n), person, id)))
    const toSessions = started
      .slice(-8)
      .map(id => store.append({ ...messageTo(id, 'robot', null), mustTakePart: false }))
    return [...toTalks, ...toSessions]
  }

  const marks = (store: Store, n: number) =>
    turned(PEOPLE, n).map((userId, m) =>
      store.mark([{ sessionId: at(talks, m), userId, kind: 'read', from: 1, to: 1_000_000 }]),
    )

  /** What two people do to each other, whose session others write to meanwhile: each store begins with the other one. */
  function pairs(store: Store, n: number) {
    const [a, b, c] = turned(PEOPLE.slice(0, 3), n) as [string, string, string]
    const whom = { bringsTogether: false, anyone: true, makesPeople: true, audit: null }
    return [
      ...[[a, b] as const, [b, c] as const, [c, a] as const].flatMap(userIds => [
        store.openPrivate({ id: randomUUID(), userIds, ...whom }),
        store.openPrivate({ id: randomUUID(), userIds, ...whom, bringsTogether: n === 0 }),
        store.ask({ id: randomUUID(), fromId: userIds[0], toId: userIds[1], message: null }),
        store.accept(userIds[1], userIds[0]),
        store.block(...userIds),
        store.unfriend(...userIds),
        store.unblock(...userIds),
        writeToEachOther(store, userIds),
      ]),
    ]
  }

  async function writeToEachOther(store: Store, [a, b]: readonly [string, string]): Promise<void> {
    const sessionId = await store.privateSession(a, b)
    if (sessionId) await store.append({ ...messageTo(sessionId, a, null), anyone: true })
  }

  /** All at the same groups: who comes and goes while everybody writes and reads, and takes back what it wrote. */
  function groups(store: Store, n: number) {
    const whom = { friendsOf: null, anyone: true, makesPeople: true }
    const change = (sessionId: string, what: GroupChange['what']) =>
      store.changeGroup({ sessionId, byId: null, audit: null, what })
    return turned(talks.slice(0, 2), n).flatMap((talk, m) => [
      change(talk, { kind: 'remove', userId: at(PEOPLE, n + m) }),
      change(talk, {
        kind: 'add',
        userIds: turned([...PEOPLE, ...OPERATORS, `new ${n} ${m}`], n + m),
        ...whom,
      }),
      change(talk, { kind: 'update', ownerId: at(PEOPLE, n + m) }),
      touchNewest(store, talk, at(PEOPLE, m)),
    ])
  }

  async function touchNewest(store: Store, talk: string, userId: string): Promise<void> {
    const { items } = await store.messages(talk, { kind: 'page', page: 1, limit: 3 }, 0)
    const anyone = { senderId: null, withinMs: null, byId: null, audit: null }
    await Promise.all([
      ...items.slice(1).map(({ id }) => store.react({ messageId: id, userId, emoji: '👍' })),
      ...items.slice(0, 1).map(({ id }) => store.recall({ messageId: id, ...anyone })),
    ])
  }

  async function turns(store: Store, n: number, round: number) {
    const status = at(['online', 'busy', 'offline', 'online'] as const, n + round)
    const outcomes = await Promise.all([
      ...turned(PEOPLE, n).map(person => store.turn(startOf(person))),
      ...started
        .slice(-20)
        .filter((_, m) => m % STORES === n)
        .map(sessionId => store.turn({ ...system, kind: 'end', sessionId, reason: null })),
      store.turn({ ...system, kind: 'status', operatorId: at(OPERATORS, n + round), status }),
    ])
    for (const outcome of outcomes)
      if (outcome.kind === 'done' && outcome.created && outcome.sessionId) started.push(outcome.sessionId)
  }

  async function openAll(store: Store, nodeId: string, userIds: readonly string[]): Promise<string[]> {
    await store.heartbeat(nodeId)
    const opened = userIds.map(userId => ({ connectionId: randomUUID(), userId }))
    await store.changeLeases({ nodeId, opened, closed: [], graceMs: GRACE_MS })
    return opened.map(({ connectionId }) => connectionId)
  }

  /** Everybody is connected to a node that lives, and half of them each to two that have died. */
  async function connectAll(store: Store, n: number): Promise<string[]> {
    const halves = [0, 1].map(half => EVERYONE.filter((_, m) => m % 2 === half))
    for (const [half, people] of turned(halves, n).entries()) await openAll(store, `dead${n}${half}`, people)
    return openAll(store, `node${n}`, turned(EVERYONE, n))
  }

  const disconnectAll = async (store: Store, n: number, closed: readonly string[]) => {
    await Promise.all([
      store.changeLeases({ nodeId: `node${n}`, opened: [], closed, graceMs: GRACE_MS }),
      store.reapNodes({ olderThanMs: 60_000, graceMs: GRACE_MS }),
      store.seen(turned(PEOPLE, n)),
      ...turned(PEOPLE.slice(0, 4), n).map(person => store.choosePresence(person, 'away')),
    ])
    const jobs = await store.claimJobs(`node${n}`, 50, 60_000)
    await Promise.all(jobs.map(({ id }) => store.finishJob(id)))
    await store.leave(`node${n}`, GRACE_MS)
  }

  test('never wait for one another in a circle', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const held = await Promise.all(stores.map(connectAll))
      await site.database.pool.query(
        "UPDATE nodes SET last_seen_at = now() - interval '1 hour' WHERE id LIKE 'dead%'",
      )
      await Promise.all(
        stores.flatMap((store, n) => [
          disconnectAll(store, n, at(held, n)),
          ...appends(store, n, round),
          ...marks(store, n),
          ...pairs(store, n),
          ...groups(store, n),
          turns(store, n, round),
        ]),
      )
    }
    await Promise.all(databases.map(database => database.close())) // their counts are written as they leave
    expect(started.length).toBeGreaterThan(PEOPLE.length)
    expect(await brokenInTheEnd(site.database.pool)).toEqual({})
    expect(await site.deadlocks()).toBe(0)
  }, 60_000)
})
