import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../connect.ts'
import { openEmbeddedForTest } from '../testing.ts'

describe('the embedded database through the PostgreSQL driver', () => {
  let db: Database
  beforeAll(async () => {
    db = await openEmbeddedForTest()
    await db.pool.query('CREATE TABLE notes (id text PRIMARY KEY, body text)')
  })
  afterAll(() => db.close())

  test('types are those of a PostgreSQL server', async () => {
    const { rows } = await db.pool.query(
      `SELECT $1::bigint AS big, $2::jsonb AS json, $3::text[] AS list, '2026-01-02T03:04:05.678Z'::timestamptz AS at`,
      ['12345678901234567', { a: [1] }, ['x', '中']],
    )
    expect(rows).toEqual([
      {
        big: '12345678901234567',
        json: { a: [1] },
        list: ['x', '中'],
        at: new Date('2026-01-02T03:04:05.678Z'),
      },
    ])
  })

  test('errors carry code, constraint and detail, and the connection goes on', async () => {
    await expect(db.pool.query('SELEC $1', [1])).rejects.toMatchObject({ code: '42601' })
    await expect(db.pool.query('SELECT 1 / $1::int', [0])).rejects.toMatchObject({ code: '22012' })
    await expect(db.pool.query('SELECT 1; SELECT 1 / 0; SELECT 3')).rejects.toMatchObject({ code: '22012' })
    await db.pool.query(`INSERT INTO notes VALUES ('same', '')`)
    await expect(db.pool.query(`INSERT INTO notes VALUES ($1, '')`, ['same'])).rejects.toMatchObject({
      code: '23505',
      constraint: 'notes_pkey',
      table: 'notes',
      detail: 'Key (id)=(same) already exists.',
    })
    expect((await db.pool.query('SELECT 2 AS n')).rows).toEqual([{ n: 2 }])
  })

  test('a failed statement spoils its transaction until the rollback, and no other', async () => {
    const client = await db.pool.connect()
    await client.query('BEGIN')
    await client.query(`INSERT INTO notes VALUES ('half', '')`)
    await expect(client.query('SELECT nothing')).rejects.toMatchObject({ code: '42703' })
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' })
    await client.query('ROLLBACK')
    client.release()
    expect((await db.pool.query(`SELECT * FROM notes WHERE id = 'half'`)).rows).toEqual([])
  })

  test('a client that was let go in mid-transaction leaves nothing to the next', async () => {
    const client = await db.pool.connect()
    await client.query(`SET application_name = 'left over'`)
    await client.query({ name: 'left over', text: 'SELECT 1' })
    await client.query('SELECT pg_advisory_lock(7)')
    await client.query('BEGIN')
    await client.query(`INSERT INTO notes VALUES ('open', '')`)
    client.release(true)
    const { rows } = await db.pool.query(
      `SELECT current_setting('application_name') AS name, (SELECT count(*)::int FROM pg_prepared_statements) AS statements,
         (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory') AS locks,
         (SELECT count(*)::int FROM notes WHERE id = 'open') AS notes`,
    )
    expect(rows).toEqual([{ name: '', statements: 0, locks: 0, notes: 0 }])
  })

  test('notices and notifications arrive', async () => {
    const client = await db.pool.connect()
    const heard: unknown[] = []
    client.on('notice', notice => heard.push(notice.message))
    client.on('notification', ({ channel, payload }) => heard.push([channel, payload]))
    await client.query(`DO $$ BEGIN RAISE NOTICE 'listen'; END $$`)
    await client.query('LISTEN news')
    await client.query(`NOTIFY news, 'it works'`)
    client.release(true)
    expect(heard).toEqual(['listen', ['news', 'it works']])
  })

  test('ten megabytes go in and out', async () => {
    const text = '中'.repeat(3_400_000)
    const { rows } = await db.pool.query<{ text: string }>('SELECT $1::text AS text', [text])
    expect(rows[0]?.text === text).toBe(true)
    const many = await db.pool.query(`SELECT repeat('x', 1000) FROM generate_series(1, 10000)`)
    expect(many.rowCount).toBe(10_000)
  })

  test('callers queue for the one connection, and each gets its own answer', async () => {
    const numbers = Array.from({ length: 300 }, (_, n) => n)
    const answers = await Promise.all(
      numbers.map(n => db.pool.query<{ n: number }>('SELECT $1::int AS n', [n])),
    )
    expect(answers.map(({ rows }) => rows[0]?.n)).toEqual(numbers)
  })

  test('a long query does not block the event loop', async () => {
    let ticks = 0
    const timer = setInterval(() => {
      ticks += 1
    }, 1)
    await db.pool.query('SELECT count(*) FROM generate_series(1, 1000000)')
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(10)
  })

  test('Prisma runs transactions on it and tells a broken unique rule by its code', async () => {
    const site = { id: 'default', name: 'Parley', identitySecret: 'x' }
    await db.prisma.$transaction(async tx => {
      await tx.site.create({ data: site })
      await tx.site.update({ where: { id: site.id }, data: { queueCounter: { increment: 5n } } })
    })
    await expect(db.prisma.site.create({ data: site })).rejects.toMatchObject({ code: 'P2002' })
    expect(await db.prisma.site.findMany()).toMatchObject([{ id: 'default', queueCounter: 5n, settings: {} }])
  })
})

test('when its thread dies, everyone who waits or comes later is told', async () => {
  const db = await openEmbeddedForTest({ migrated: false })
  // PGlite does not survive COPY FROM STDIN: it takes the end of the message for the end of the client.
  const waiting = [db.pool.query('COPY pg_attribute FROM STDIN'), db.pool.query('SELECT 1')]
  const stopped = { message: expect.stringContaining('The embedded database has stopped: ') }
  const [fatal, next] = await Promise.allSettled(waiting)
  expect(fatal).toMatchObject({ status: 'rejected', reason: { code: '08006' } })
  expect(next).toMatchObject({ status: 'rejected', reason: stopped })
  await expect(db.pool.query('SELECT 1')).rejects.toMatchObject(stopped)
  await expect(db.prisma.$queryRaw`SELECT 1`).rejects.toThrow()
  expect((await db.lost).message).toMatch(/The embedded database has stopped: .+\. Restart the server\./)
  await db.close()
})
