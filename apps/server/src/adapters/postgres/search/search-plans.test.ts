import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../connect.ts'
import { testDatabases } from '../testing.ts'
import { createSearchIndex } from './search-index.ts'
import { addMessages, feedAll } from './testing.ts'

const siteId = 'default'
const SESSIONS = 40
const TEXTS = Array.from(
  { length: 500 },
  (_, n) => `Message ${n} about ${n % 100 === 0 ? 'pears' : 'apples'}`,
)

/** What the way is chosen by: how common the word is among the newest, and how many messages the person sees. */
const WAYS: readonly (readonly [way: string, pattern: string, visible: number, index: string])[] = [
  ['own', '%pears%', 1000, 'message_search_pkey'],
  ['index', '%pears%', 100_000, 'message_search_grams_idx'],
  ['walk', '%apples%', 100_000, 'message_search_site_id_created_at_idx'],
]

const kind = testDatabases.find(({ name }) => name === 'PostgreSQL')

describe.runIf(kind)('among 20,000 messages, a search', () => {
  let database: Database
  beforeAll(async () => {
    if (!kind) throw new Error('no PostgreSQL')
    database = await kind.open()
    const { pool, prisma } = database
    await prisma.site.create({ data: { id: siteId, name: 'Test', identitySecret: 'not-secret' } })
    for (let n = 0; n < SESSIONS; n += 1) await addMessages(pool, `s${n}`, TEXTS)
    await feedAll(createSearchIndex(pool, siteId))
    await pool.query('VACUUM ANALYZE')
  }, 60_000)
  afterAll(() => database.close())

  it.each(WAYS)(
    'goes the way “%s” by its index, and reads no table whole',
    async (_, pattern, visible, index) => {
      const client = await database.pool.connect()
      try {
        await client.query('BEGIN')
        const before = await used(client)
        const { rowCount } = await client.query(
          'SELECT FROM search_messages($1, $2, NULL, $3, $4, NULL, NULL, NULL, NULL, $5, 1000)',
          [siteId, 'a', [pattern], pattern === '%pears%' ? "'pea' & 'ear' & 'ars'" : "'app'", visible],
        )
        expect(rowCount).toBe(pattern === '%pears%' ? SESSIONS * 5 : 1000)
        const after = await used(client)
        expect(after.whole).toBe(before.whole)
        expect((after.scans[index] ?? 0) - (before.scans[index] ?? 0)).toBeGreaterThan(0)
      } finally {
        await client.query('ROLLBACK')
        client.release()
      }
    },
  )
})

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
