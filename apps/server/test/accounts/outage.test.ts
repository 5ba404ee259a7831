import { StoreUnavailable } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { createAccountStores } from '../../src/adapters/postgres/accounts/index.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { testIds } from './world.ts'

describe.each(testDatabases)('accounts while the database is away, on $name', ({ open }) => {
  it('fail as unavailable, not as something of ours', async () => {
    const database = await open()
    const stores = createAccountStores({
      prisma: database.prisma,
      siteId: 'default',
      ids: testIds,
      longestTokenMs: 1000,
    })
    await database.close()
    const asked = [
      stores.auth.accountByUsername('ada'),
      stores.auth.endLogin('login-1', 0),
      stores.keys.keys(),
      stores.sites.site(),
    ]
    for (const answer of asked) await expect(answer).rejects.toBeInstanceOf(StoreUnavailable)
  })
})
