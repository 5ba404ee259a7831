import { storeAcceptance } from '@parley/core/testing'
import { describe, it } from 'vitest'
import { testDatabases } from '../testing.ts'
import { openStoreOn } from './testing.ts'

describe.each(testDatabases)('the store over $name', kind => {
  for (const { name, run } of storeAcceptance) it(name, () => run(() => openStoreOn(kind)))
})
