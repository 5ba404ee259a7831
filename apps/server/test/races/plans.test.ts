import type { GroupChange, GroupRequest, PrivateRequest, Store, TurnCommand } from '@parley/core'
import { PrismaPg } from '@prisma/adapter-pg'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPostgresStore } from '../../src/adapters/postgres/store/postgres-store.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { systemIds } from '../../src/adapters/system/system-ids.ts'
import { PrismaClient } from '../../src/generated/prisma/client.ts'
import { messageTo, startOf } from './commands.ts'
import { fillLargeSite } from './large-site.ts'
import { openSite, type Site, siteId } from './site.ts'

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly Plans?: readonly Plan[]
}

/** Tables that grow for as long as the site is there. */
const GROWING = [
  'sessions',
  'messages',
  'participants',
  'read_marks',
  'session_changes',
  'users',
  'jobs',
  'friendships',
  'friend_requests',
  'reactions',
]

/** The one that has gone on for 20,000 messages; user1 and the operators take part in 5,000 sessions each. */
const LONG = 's99900'
const system = { actor: { kind: 'system', id: null, actingFor: null }, requestId: null } as const
const status = (to: 'offline' | 'online'): TurnCommand => ({
  ...system,
  kind: 'status',
  operatorId: 'operator3',
  status: to,
})

const byNobody = { senderId: null, withinMs: null, byId: null, audit: null }
const whom = { friendsOf: null, anyone: true, makesPeople: true }
const writing = (senderId: string, sessionIds: string[]) => ({
  sessionIds,
  senderId,
  mustTakePart: true,
  anyone: false,
})
const opening = (...userIds: [string, string]): PrivateRequest => ({
  ...whom,
  id: `${userIds} private`,
  userIds,
  bringsTogether: true,
  audit: null,
})
const making = (ownerId: string, other: string): GroupRequest => ({
  ...{ ...whom, id: `${ownerId} group`, name: 'Group', audit: null },
  ...{ ownerId, userIds: [ownerId, other], friendsOf: ownerId, showsHistory: false },
})
const adding = (sessionId: string, userId: string): GroupChange => ({
  ...{ sessionId, byId: null, audit: null },
  what: { kind: 'add', userIds: [userId], ...whom },
})
async function befriend(store: Store, fromId: string, toId: string): Promise<void> {
  await store.ask({ id: `${fromId} asks`, fromId, toId, message: null })
  await store.accept(fromId, toId)
}

const HOT: readonly [string, (store: Store) => Promise<unknown>][] = [
  ['a page', store => store.messages(LONG, { kind: 'page', page: 3, limit: 50 }, 0)],
  ['what is before', store => store.messages(LONG, { kind: 'before', seq: 9000, limit: 50 }, 0)],
  ['what is after', store => store.messages(LONG, { kind: 'after', seq: 9000, limit: 50 }, 0)],
  ['a message', store => store.message('s1 m1')],
  ['messages changed since', store => store.messagesChangedSince(LONG, 19_900, 0, 50)],
  ['all messages changed since', store => store.messagesChangedSince(LONG, 0, 0, 50)],
  ['changes since', store => store.changesSince(LONG, 19_900, 50)],
  ['all changes since', store => store.changesSince(LONG, 0, 50)],
  ['a part', store => store.part('s9', 'user1')],
  ['an open session', store => store.openSessionOf('user3')],
  ['somebody’s sessions', store => store.sessionsOf({ userId: 'user1', knownTo: null }, 20, 0)],
  ['how far sessions are', store => store.lastChanges(['s1', 's2', LONG])],
  ['open sessions', store => store.openSessions({}, 1, 20, 'operator1')],
  ['an operator’s open ones', store => store.openSessions({ operatorId: 'operator1' }, 1, 20, null)],
  ['a user’s history', store => store.endedSessions({ userId: 'user1' }, 1, 20, 'operator1')],
  ['an operator’s history', store => store.endedSessions({ operatorId: 'operator1' }, 9, 20, 'operator1')],
  ['the history', store => store.endedSessions({}, 2, 20, 'operator1')],
  ['the figures of the desk', store => store.deskStats()],
  ['the list of one’s own', store => store.listed('mine', 'operator1', 20)],
  ['the list of the queue', store => store.listed('queue', 'operator1', 20)],
  ['the list of active ones', store => store.listed('active', 'operator1', 20)],
  ['the list of the team', store => store.listed('team', 'operator1', 20)],
  ['the queue', store => store.queue(20)],
  ['recent waits', store => store.recentWaits(50)],
  ['all operators', store => store.operators()],
  ['a person', store => store.person('user3')],
  ['how idle a session is', store => store.idle(LONG)],
  ['how many sessions somebody has', store => store.countSessionsOf({ userId: 'user1', knownTo: null })],
  ['a session of two', store => store.privateSession('user7', 'user10007')],
  ['a page of a group', store => store.messages('g7', { kind: 'page', page: 1, limit: 50 }, 0)],
  ['groups', store => store.sessions(['g7', 'g8', 'p9'], 'user8')],
  ['an inbox', store => store.inbox('user1', { kind: 'after', sessionId: null, limit: 50 })],
  ['the rest of an inbox', store => store.inbox('user1', { kind: 'after', sessionId: 's4', limit: 50 })],
  ['some of an inbox', store => store.inbox('user50', { kind: 'some', sessionIds: ['g7', 'p50'] })],
  ['who came of late', store => store.newParts(['user1', 'user50'], 10_000)],
  ['what is unread', store => store.unread('user50')],
  ['somebody’s figures', store => store.userStats('user50')],
  ['what may be written to', store => store.writeRefusals(writing('user50', ['g7', 'p50']))],
  ['friends', store => store.friendsOf('user50')],
  ['requests', store => Promise.all([store.requestsTo('user50'), store.requestsFrom('user50')])],
  ['peers', store => store.peersOf('user50', 1000)],
  [
    'people in sight',
    store => store.people({ kind: 'peers', of: 'user50' }, {}, { limit: 20, skip: 0 }, false),
  ],
  ['people by id', store => store.peopleById(['user50'], { kind: 'peers', of: 'user50' }, false)],
  ['who takes part', store => store.participants('g7', { limit: 20, skip: 20 }, false)],
  ['presence', store => store.presence(['user50', 'user51'])],
  ['somebody by phone', store => store.findPeople({ phone: '+4915112345678' }, 'user50', 20)],
  ['a request and its acceptance', store => befriend(store, 'user60', 'user90')],
  ['an unfriending', store => store.unfriend('user61', 'user10061')],
  ['a session that is opened', store => store.openPrivate(opening('user62', 'user92'))],
  ['a group that is made', store => store.openGroup(making('user63', 'user10063'))],
  ['somebody who comes into a group', store => store.changeGroup(adding('g9', 'user9000'))],
  ['a recall', store => store.recall({ ...byNobody, messageId: 'g9 m2' })],
  ['a reaction', store => store.react({ messageId: 'g9 m3', userId: 'user70', emoji: '🎉' })],
  ['due jobs', store => store.claimJobs('node', 20, 1000)],
  ['a start', store => store.turn(startOf('newcomer'))],
  ['an end', store => store.turn({ ...system, kind: 'end', sessionId: 's99901', reason: null })],
  ['an operator who goes', store => store.turn(status('offline'))],
  ['an operator who comes', store => store.turn(status('online'))],
]

describe.runIf(testDatabases.length > 1)('among 100,000 sessions with 300,000 messages', () => {
  let site: Site
  let store: Store
  let asked: { query: string; params: string }[] = []

  beforeAll(async () => {
    site = await openSite()
    await fillLargeSite(site.database.pool)
    const log = [{ emit: 'event', level: 'query' } as const]
    const prisma = new PrismaClient({ adapter: new PrismaPg(site.database.pool), log })
    prisma.$on('query', ({ query, params }) => asked.push({ query, params }))
    store = createPostgresStore({ ...site.database, prisma }, siteId, systemIds)
  }, 90_000)

  afterAll(() => site.close())

  async function explain({ query, params }: (typeof asked)[number]): Promise<string[]> {
    const { rows } = await site.database.pool.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
      `EXPLAIN (FORMAT JSON) ${query}`,
      JSON.parse(params) as unknown[],
    )
    return rows.flatMap(row => row['QUERY PLAN'].flatMap(({ Plan: plan }) => readWhole(plan)))
  }

  const readWhole = (plan: Plan): string[] => [
    ...(plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? ''] : []),
    ...(plan.Plans ?? []).flatMap(readWhole),
  ]

  test.each(HOT)('%s is found by indexes', async (_, call) => {
    asked = []
    await call(store)
    const statements = asked.filter(({ query }) => /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)/i.test(query))
    expect(statements.length).toBeGreaterThan(0)
    for (const statement of statements) {
      const whole = await explain(statement)
      expect(
        whole.filter(table => GROWING.includes(table)),
        statement.query,
      ).toEqual([])
    }
  })

  test('the ended ones that are added up are those there are, also when some are erased', async () => {
    const counted = async () => {
      const { rows } = await site.database.pool.query<object>(
        `SELECT count(*)::int AS "endedSessions",
           (SELECT sum(last_seq)::int FROM sessions WHERE type = 'support') AS "totalMessages",
           round(1000 * avg(extract(epoch FROM ended_at - assigned_at)))::int AS "averageDurationMs"
         FROM sessions WHERE status = 'ended'`,
      )
      return rows[0] ?? {}
    }
    expect(await store.deskStats()).toMatchObject(await counted())
    await site.database.pool.query("DELETE FROM sessions WHERE status = 'ended' AND queue_no <= 1000")
    const left = await counted()
    expect(left).toMatchObject({ endedSessions: expect.closeTo(98_300, -2) })
    expect(await store.deskStats()).toMatchObject(left)
  })

  test('appending reads no table whole', async () => {
    const { id, sessionId: session, senderId: sender, text } = messageTo(LONG, 'operator0', null)
    const request = {
      id,
      session,
      sender,
      sender_type: 'operator',
      part: true,
      cmid: 'once',
      text,
      type: 'text',
    }
    const append = async (client: PoolClient) => {
      const { rows } = await client.query('SELECT kind FROM append_messages($1, $2)', [
        siteId,
        JSON.stringify([request, { ...request, id: 'another', cmid: null }]),
      ])
      expect(rows).toEqual([{ kind: 'stored' }, { kind: 'stored' }])
    }
    expect(await readWholeIn(append)).toBe(0)
    expect(await readWholeIn(client => client.query('SELECT count(*) FROM messages'))).toBeGreaterThan(0)
  })

  test('moving marks reads no table whole', async () => {
    const request = { session: LONG, user: 'operator0', kind: 'read', from: 1, to: 20_000 }
    const mark = async (client: PoolClient) => {
      const { rows } = await client.query('SELECT to_seq FROM move_marks($1, $2)', [
        siteId,
        JSON.stringify([request]),
      ])
      expect(rows).toEqual([{ to_seq: 20_000 }])
    }
    expect(await readWholeIn(mark)).toBe(0)
  })

  /** How many times the growing tables are read from end to end by work, which is undone. */
  async function readWholeIn(work: (client: PoolClient) => Promise<unknown>): Promise<number> {
    const client = await site.database.pool.connect()
    // PostgreSQL counts in with a transaction what this connection did just before it.
    const scans = async () => {
      const { rows } = await client.query<{ scans: number }>(
        `SELECT coalesce(sum(seq_scan), 0)::int AS scans FROM pg_stat_xact_user_tables WHERE relname = ANY ($1)`,
        [GROWING],
      )
      return rows[0]?.scans ?? 0
    }
    try {
      await client.query('BEGIN')
      const before = await scans()
      await work(client)
      return (await scans()) - before
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  }
})
