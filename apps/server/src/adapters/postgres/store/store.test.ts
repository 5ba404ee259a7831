import { storeAcceptance } from '@parley/core/testing'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Database } from '../connect.ts'
import { testDatabases } from '../testing.ts'
import { openStoreAgain } from './testing.ts'

describe.each(testDatabases)('the store over $name', kind => {
  let database: Database
  beforeAll(async () => {
    database = await kind.open()
  })
  afterAll(() => database.close())

  for (const { name, run } of storeAcceptance) it(name, () => run(() => openStoreAgain(database)))
})
