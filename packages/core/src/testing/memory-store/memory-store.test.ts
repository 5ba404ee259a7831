import { describe, it } from 'vitest'
import { openMemoryStore } from '../../../test/open-memory-store.ts'
import { storeAcceptance } from '../store-acceptance/store-acceptance.ts'

describe('the memory store', () => {
  it.each(storeAcceptance)('$name', one => one.run(openMemoryStore()))
})
