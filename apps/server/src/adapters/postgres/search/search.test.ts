import type { Store } from '@parley/core'
import { type StoreUnderTest, storeAcceptance } from '@parley/core/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SearchIndex } from '../../../background/search-index.ts'
import type { Database } from '../connect.ts'
import { openStoreAgain } from '../store/testing.ts'
import { testDatabases } from '../testing.ts'
import { createSearchIndex } from './search-index.ts'
import { addMessages, feedAll, touchMessages } from './testing.ts'

const searching = storeAcceptance.filter(({ name }) => name.includes('[Q'))
const siteId = 'default'

/** The store, with the index fed before each search that `when` says. */
function fedStore(under: StoreUnderTest, index: SearchIndex, when: () => boolean): StoreUnderTest {
  const searchMessages: Store['searchMessages'] = async query => {
    if (when()) await feedAll(index)
    return under.store.searchMessages(query)
  }
  return { ...under, store: { ...under.store, searchMessages } }
}

/** The store's own run of these has an index that nobody feeds. */
describe.each(testDatabases)('searching over $name', kind => {
  let database: Database
  beforeAll(async () => {
    database = await kind.open()
  })
  afterAll(() => database.close())
  const open = async (when: () => boolean) =>
    fedStore(await openStoreAgain(database), createSearchIndex(database.pool, siteId), when)

  for (const { name, run } of searching) {
    it(`${name}, by the index`, () => run(() => open(() => true)))
    it(`${name}, with an index that is behind`, () => {
      let searches = 0
      return run(() => open(() => searches++ === 0))
    })
  }

  it('[Q6][Q9] what was touched before it was taken in waits as well, while the index is in the midst of its session', async () => {
    const { store } = await openStoreAgain(database)
    const index = createSearchIndex(database.pool, siteId)
    const texts = Array.from({ length: 300 }, (_, n) => `Message ${n + 1}`)
    await addMessages(database.pool, 's', texts)
    await touchMessages(database.pool, 's', [2, 250], { recalls: false })
    await index.feed(['s'])
    expect((await index.look('')).behind).toEqual(['s'])
    const found = await store.searchMessages({
      userId: 'a',
      knownTo: null,
      sessionId: null,
      words: ['message'],
      before: null,
      skip: 0,
      limit: 1,
    })
    expect(found).toMatchObject({ items: [{ seq: 300 }], total: 300 })
  })
})
