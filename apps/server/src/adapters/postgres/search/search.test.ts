import type { Store } from '@parley/core'
import { type StoreUnderTest, storeAcceptance } from '@parley/core/testing'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { SearchIndex } from '../../../background/search-index.ts'
import type { Database } from '../connect.ts'
import { openStoreAgain } from '../store/testing.ts'
import { testDatabases } from '../testing.ts'
import { createSearchIndex } from './search-index.ts'
import { feedAll } from './testing.ts'

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
})
