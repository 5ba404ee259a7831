import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../connect.ts'
import { testDatabases } from '../testing.ts'
import { queryOf, shortQueryOf } from './grams.ts'
import { createSearchIndex } from './search-index.ts'
import { addMessages, feedAll } from './testing.ts'

const siteId = 'default'
const SESSIONS = 40
const TEXTS = Array.from(
  { length: 500 },
  (_, n) => `Message ${n} about ${n % 100 === 0 ? 'pears' : 'apples'}`,
)

/** A second apart, all sessions in turn: as if they had been held side by side. */
const SPREAD = `
  UPDATE message_search SET created_at = now() - make_interval(secs => (${TEXTS.length} - seq) * ${SESSIONS} + substr(session_id, 2)::int)`

const sessions = Array.from({ length: SESSIONS }, (_, n) => `s${n}`)
const seen = (ids: readonly string[], after = 0) => Object.fromEntries(ids.map(id => [id, after]))

/** How common the word is, and who asks: what each way is best at. */
const WAYS: readonly (readonly [
  way: string,
  pattern: string,
  seen: readonly string[],
  index: string,
  visible: number,
])[] = [
  ['index', '%pears%', sessions, 'message_search_grams_idx', 20_000],
  ['walk', '%apples%', sessions, 'message_search_site_id_created_at_idx', 20_000],
  ['windows', '%apples%', sessions.slice(0, 5), 'message_search_session_id_created_at_idx', 2500],
  // It may all be among the newest: before that, a walk would find nothing more.
  ['windows', '%apples%', sessions, 'message_search_session_id_created_at_idx', 2001],
]

const kind = testDatabases.find(({ name }) => name === 'PostgreSQL')

describe.runIf(kind)('among 20,000 messages, a search', () => {
  let database: Database
  beforeAll(async () => {
    if (!kind) throw new Error('no PostgreSQL')
    database = await kind.open()
    const { pool, prisma } = database
    await prisma.site.create({ data: { id: siteId, name: 'Test', identitySecret: 'not-secret' } })
    for (const id of sessions) await addMessages(pool, id, TEXTS)
    await feedAll(createSearchIndex(pool, siteId))
    await pool.query(SPREAD)
    await pool.query('VACUUM ANALYZE')
  }, 60_000)
  afterAll(() => database.close())

  it.each(WAYS)(
    'goes the way “%s” by its index, and reads no table whole',
    async (_, pattern, ids, index, visible) => {
      const client = await database.pool.connect()
      try {
        await client.query('BEGIN')
        const before = await used(client)
        const { rowCount } = await client.query(
          'SELECT FROM search_messages($1, $2, $3, $4, $5, NULL, NULL, NULL, $6, 1000)',
          [siteId, seen(ids), [], [pattern], grams(pattern), visible],
        )
        expect(rowCount).toBe(pattern === '%pears%' ? ids.length * 5 : 1000)
        const after = await used(client)
        expect(after.whole).toBe(before.whole)
        expect((after.scans[index] ?? 0) - (before.scans[index] ?? 0)).toBeGreaterThan(0)
      } finally {
        await client.query('ROLLBACK')
        client.release()
      }
    },
  )

  /** Some are in none of the newest, which are looked at, and in many before. */
  it.each(['%apples%', '%pears%', '%message 1%', '%about%', '%message 7 %', '%nothing%', '%0 about%'])(
    'finds the same on each way, from wherever it goes on: %s',
    async pattern => {
      const ids = sessions.slice(0, 30)
      const places = await placesIn(ids)
      for (const [at, session, seq] of places) {
        for (const most of [1000, 30]) {
          const values = [siteId, seen(ids, 3), [], [pattern], grams(pattern), at, session, seq, most]
          const all = await rows(NAIVE, [pattern, ids, 3, at, session, seq, most])
          for (const way of ['windows', 'walk', 'index', null]) {
            const found = await rows(
              'SELECT session_id, seq FROM search_messages($1, $2, $3, $4, $5, $6, $7, $8, 15000, $9, $10)',
              [...values, way],
            )
            expect({ way, found }).toEqual({ way, found: all })
          }
        }
      }
    },
  )

  it('leaves out what was recalled where the index is behind, on each way', async () => {
    await database.pool.query(
      "UPDATE messages SET recalled_at = now(), text = '' WHERE session_id = 's3' AND seq = 401",
    )
    for (const way of ['windows', 'walk', 'index']) {
      const counts = await Promise.all(
        [['s3'], []].map(async behind => {
          const values = [siteId, seen(sessions), behind, ['%pears%'], grams('%pears%'), way]
          return (
            await rows(
              'SELECT FROM search_messages($1, $2, $3, $4, $5, NULL, NULL, NULL, 20000, 1000, $6)',
              values,
            )
          ).length
        }),
      )
      expect({ way, counts }).toEqual({ way, counts: [SESSIONS * 5 - 1, SESSIONS * 5] })
    }
  })

  const rows = async (sql: string, values: unknown[]) => (await database.pool.query(sql, values)).rows
  /** The beginning, and some messages. */
  const placesIn = async (ids: readonly string[]) => [
    [null, null, null],
    ...(
      await rows(
        'SELECT created_at, session_id, seq FROM message_search WHERE session_id = ANY ($1) AND seq = ANY ($2)',
        [ids.slice(0, 2), [2, 250, 499]],
      )
    ).map(({ created_at, session_id, seq }) => [created_at, session_id, seq]),
  ]
})

const NAIVE = `
  SELECT session_id, seq FROM message_search
  WHERE text LIKE $1 AND session_id = ANY ($2) AND seq > $3
    AND ($4::timestamptz IS NULL OR (created_at, session_id COLLATE "C", seq) < ($4, $5, $6))
  ORDER BY created_at DESC, session_id COLLATE "C" DESC, seq DESC LIMIT $7`

const grams = (pattern: string): string[] => {
  const words = pattern.replaceAll('%', '').trim().split(' ')
  return [queryOf(words), shortQueryOf(words)]
}

/** How often this transaction has read tables whole, and each index. */
async function used(client: PoolClient): Promise<{ whole: number; scans: Record<string, number> }> {
  const { rows } = await client.query<{ name: string; whole: number; scans: number }>(
    `SELECT indexrelname AS name, (SELECT sum(seq_scan) FROM pg_stat_xact_user_tables)::int AS whole,
       coalesce(pg_stat_get_xact_numscans(indexrelid), 0)::int AS scans
     FROM pg_stat_user_indexes WHERE relname LIKE '%message%'`,
  )
  return {
    whole: rows[0]?.whole ?? 0,
    scans: Object.fromEntries(rows.map(({ name, scans }) => [name, scans])),
  }
}
