import { folded, hasWords, wordsOf } from '@parley/core'
import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../connect.ts'
import { testDatabases } from '../testing.ts'
import { patternOf, queryOf, shortQueryOf } from './grams.ts'
import { createSearchIndex } from './search-index.ts'
import { addMessages, feedAll } from './testing.ts'

const siteId = 'default'
/** Few enough that they meet, and each kind that has given trouble somewhere. */
const CHARACTERS = [...'aAbÄßςΣi İıÉé你好吗 订单%_\\\'":*&|!()<>-  　\tＡ①👍🏽ﷺ한글กำe\u0301']
const text = fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 1, maxLength: 30 })
const keyword = fc
  .string({ unit: fc.constantFrom(...CHARACTERS), minLength: 1, maxLength: 4 })
  .filter(one => one.trim() !== '')

const WAYS = ['windows', 'index', 'walk']

describe.each(testDatabases)('searching over $name finds what a reader would find', kind => {
  let database: Database
  let pool: pg.Pool
  const texts = fc.sample(text, { numRuns: 200, seed: 4711 })
  beforeAll(async () => {
    database = await kind.open()
    pool = database.pool
    await database.prisma.site.create({ data: { id: siteId, name: 'Test', identitySecret: 'not-secret' } })
    await addMessages(pool, 's', texts)
    await feedAll(createSearchIndex(pool, siteId))
  })
  afterAll(() => database.close())

  const found = async (words: readonly string[], way: string): Promise<number[]> => {
    const { rows } = await pool.query<{ seq: number }>(
      'SELECT seq FROM search_messages($1, $2, $3, $4, $5, NULL, NULL, NULL, 1e6, 1000, $6)',
      [siteId, { s: 0 }, [], words.map(patternOf), [queryOf(words), shortQueryOf(words)], way],
    )
    return rows.map(({ seq }) => seq)
  }

  it.each(WAYS)(
    '[Q2][Q3] by the way “%s”',
    async way => {
      const check = async (asked: string) => {
        const words = wordsOf(asked)
        const naive = texts.flatMap((one, at) => (hasWords(folded(one), words) ? [at + 1] : []))
        expect(await found(words, way)).toEqual(naive.toReversed())
      }
      await fc.assert(fc.asyncProperty(keyword, check), { numRuns: 120, seed: 42 })
      const parts = fc.constantFrom(...texts.filter(one => one.trim() !== ''))
      await fc.assert(fc.asyncProperty(parts, check), { numRuns: 40, seed: 42 })
    },
    60_000,
  )
})
