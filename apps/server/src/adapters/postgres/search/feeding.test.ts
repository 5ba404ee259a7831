import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SearchIndex } from '../../../background/search-index.ts'
import type { Database } from '../connect.ts'
import { testDatabases } from '../testing.ts'
import { createSearchIndex } from './search-index.ts'
import { addMessages, compared, feedAll, touchMessages } from './testing.ts'

const siteId = 'default'
const numbered = (n: number, text = 'Message') => Array.from({ length: n }, (_, at) => `${text} ${at + 1}`)

/** A pool whose connection breaks before its statement number `at` is carried out, or right after it. */
function breaking(pool: pg.Pool, at: number, when: 'before' | 'after'): pg.Pool {
  let count = 0
  const connect = async () => {
    const client = await pool.connect()
    const query = async (...args: [string, unknown[]?]) => {
      count += 1
      if (count === at && when === 'before') throw new Error('the connection is gone')
      const answer = await client.query(...args)
      if (count === at) throw new Error('the connection is gone')
      return answer
    }
    return { query, release: (error?: Error) => client.release(error) }
  }
  return { connect } as unknown as pg.Pool
}

describe.each(testDatabases)('feeding the search index over $name', kind => {
  let database: Database
  let pool: pg.Pool
  let index: SearchIndex
  beforeAll(async () => {
    database = await kind.open()
    pool = database.pool
    index = createSearchIndex(pool, siteId)
    await database.prisma.site.create({ data: { id: siteId, name: 'Test', identitySecret: 'not-secret' } })
  })
  beforeEach(() =>
    pool.query('TRUNCATE sessions, participants, messages, message_search, search_progress CASCADE'),
  )
  afterAll(() => database.close())

  const expectWhole = async () => {
    const { has, should } = await compared(pool)
    expect(has).toEqual(should)
    expect(await index.lag()).toEqual({ waiting: 0, seconds: 0 })
  }

  it('[Q9] takes in what was there before, in small steps', async () => {
    await addMessages(pool, 'long', numbered(450))
    await addMessages(pool, 'short', ['Hello', '你好'])
    expect(await index.look('')).toEqual({ behind: ['long', 'short'], next: null })
    expect(await index.lag()).toMatchObject({ waiting: 452 })
    expect(await index.feed(['long', 'short'])).toEqual([])
    expect(await index.feed(['long', 'short'])).toEqual([])
    expect(await index.feed(['long', 'short'])).toEqual(['long', 'short'])
    await expectWhole()
    expect(await index.look('')).toEqual({ behind: [], next: null })
    expect(await index.feed(['long', 'short', 'nothing'])).toEqual(['long', 'short', 'nothing'])
    await addMessages(pool, 'short', ['again'])
    expect(await index.feed(['short'])).toEqual(['short'])
    await expectWhole()
  })

  it('[Q9] takes in a backlog in the order of time, whatever the sessions', async () => {
    const ids = numbered(60, 's')
    for (const id of ids) await addMessages(pool, id, numbered(20))
    await pool.query(
      `UPDATE messages SET created_at = now() - (20 - seq) * interval '1 hour' + substring(session_id, '\\d+')::int * interval '1 second'`,
    )
    for (let n = 0; n < 3; n += 1) await index.feed(ids)
    const { rows } = await pool.query<{ seq: number }>('SELECT seq FROM message_search ORDER BY ctid')
    expect(rows.length).toBe(600)
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map(({ seq }) => seq).toSorted((a, b) => a - b))
    await feedAll(index)
    await expectWhole()
  })

  it('[Q9] goes on also where the clock was put back', async () => {
    for (const id of ['a', 'b']) await addMessages(pool, id, numbered(200))
    await pool.query("UPDATE messages SET created_at = now() + interval '1 hour' WHERE seq = 1")
    for (let n = 0; n < 3; n += 1) await index.feed(['a', 'b'])
    await expectWhole()
  })

  it('[Q9] a text that leaves nothing to look for, and one of the longest', async () => {
    await addMessages(pool, 's', [' \n', '龘'.repeat(20_000), 'x'.repeat(40_000), "it's \\ ' : & text"])
    await feedAll(index)
    const { has, should } = await compared(pool)
    expect(has).toEqual(should.slice(1))
    expect(await index.lag()).toEqual({ waiting: 0, seconds: 0 })
  })

  it('[Q10] lets go of what was recalled, before it was taken in or after', async () => {
    await addMessages(pool, 's', ['one', 'two', 'three'])
    await touchMessages(pool, 's', [1], { recalls: true })
    await feedAll(index)
    await expectWhole()
    await touchMessages(pool, 's', [2], { recalls: true })
    await addMessages(pool, 's', ['four'])
    await feedAll(index)
    await expectWhole()
    const { rows } = await pool.query("SELECT text FROM message_search WHERE text LIKE '%o%' ORDER BY seq")
    expect(rows).toEqual([{ text: 'four' }])
  })

  it('[Q9] what one change has touched comes in together, however much it is', async () => {
    await addMessages(pool, 's', numbered(700))
    await feedAll(index)
    const seqs = Array.from({ length: 650 }, (_, at) => at + 1)
    await touchMessages(pool, 's', seqs, { recalls: false })
    await touchMessages(pool, 's', [5], { recalls: true })
    await touchMessages(pool, 's', seqs.slice(10, 600), { recalls: true })
    await feedAll(index)
    await expectWhole()
  })

  it('[Q9] a crash between any two statements loses nothing and doubles nothing', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; at <= 6; at += 1) {
        const sessionId = `${when} ${at}`
        await addMessages(pool, sessionId, numbered(30, `Crash ${at}`))
        await touchMessages(pool, sessionId, [3], { recalls: true })
        await expect(createSearchIndex(breaking(pool, at, when), siteId).feed([sessionId])).rejects.toThrow(
          'the connection is gone',
        )
        await feedAll(index)
        await expectWhole()
      }
    }
    const whole = createSearchIndex(breaking(pool, 7, 'before'), siteId)
    await addMessages(pool, 'whole', ['no seventh statement'])
    expect(await whole.feed(['whole'])).toEqual(['whole'])
  })
})

describe.runIf(testDatabases.length > 1)('feeding the search index from two nodes', () => {
  const kind = testDatabases.find(({ name }) => name === 'PostgreSQL')
  let database: Database
  beforeAll(async () => {
    if (!kind) throw new Error('no PostgreSQL')
    database = await kind.open()
    await database.prisma.site.create({ data: { id: siteId, name: 'Test', identitySecret: 'not-secret' } })
  })
  afterAll(() => database.close())

  it('[Q9] is done by one at a time, while messages come and go', async () => {
    const { pool } = database
    const sessions = numbered(8, 's')
    let writing = true
    let [steps, turnedAway] = [0, 0]
    const write = async () => {
      for (let n = 0; n < 25; n += 1) {
        for (const id of sessions) {
          await addMessages(pool, id, numbered(5, `Round ${n}`))
          if (n % 3 === 0) await touchMessages(pool, id, [5 * n + 1, 2], { recalls: true })
        }
      }
      writing = false
    }
    const node = async () => {
      const index = createSearchIndex(pool, siteId)
      while (writing) {
        const done = await index.feed(sessions)
        if (done === null) turnedAway += 1
        else steps += 1
      }
    }
    await Promise.all([write(), node(), node(), node()])
    expect(steps).toBeGreaterThan(2)
    expect(turnedAway).toBeGreaterThan(0)
    await feedAll(createSearchIndex(pool, siteId))
    const { has, should } = await compared(pool)
    expect(has).toEqual(should)
  })

  it('[Q9] goes on at another node when one stops in the middle of a step', async () => {
    const { pool } = database
    await addMessages(pool, 'left', ['to be taken in'])
    const stuck = await pool.connect()
    const index = createSearchIndex(pool, siteId)
    await stuck.query('BEGIN')
    await stuck.query('SELECT pg_advisory_xact_lock($1::int, hashtext($2))', [0x9a75, siteId])
    expect(await index.feed(['left'])).toBeNull()
    expect(await index.look('')).toMatchObject({ behind: ['left'] })
    await stuck.query('ROLLBACK')
    stuck.release()
    expect(await index.feed(['left'])).toEqual(['left'])
  })
})
