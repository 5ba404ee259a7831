import type { Caller } from '@parley/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/adapters/postgres/connect.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { identityHash } from '../../src/features/auth/identity-hash.ts'
import { OPEN_KEY_ID } from '../../src/operations/types.ts'
import { key, world } from './world.ts'

const secret = 'the identity secret of the site'
const openKey: Caller = { kind: 'key', keyId: OPEN_KEY_ID }

describe.each(testDatabases)('tokens in open mode, on $name', ({ open }) => {
  let database: Database
  let server: Awaited<ReturnType<typeof world>>
  beforeAll(async () => {
    database = await open()
    server = await world(database, { environment: { identitySecret: secret } })
  })
  afterAll(async () => {
    server.stop()
    await server.close()
    await database.close()
  })
  const hashed = (userId: string) => ({ userId, userHash: identityHash(secret, userId) })
  const wrong = (userId: string) => ({ userId, userHash: identityHash('other', userId) })
  const proof = { code: 'unauthorized', params: { reason: 'proof' } }

  it('are given to a user without a proof, and with a good one', async () => {
    for (const asked of [{ userId: 'u-1' }, hashed('u-1')])
      expect(await server.call('auth.token', openKey, asked)).toMatchObject({
        userId: 'u-1',
        userType: 'user',
      })
  })

  it('are refused to a wrong hash; an API key needs none', async () => {
    await expect(server.call('auth.token', openKey, wrong('u-1'))).rejects.toMatchObject(proof)
    expect(await server.call('auth.token', key, wrong('u-1'))).toMatchObject({ userId: 'u-1' })
  })

  it.each(['admin', 'operator', 'doctor', 'nurse', 'system'] as const)(
    'are not given to a user whose id is %s',
    async role => {
      const id = `is-${role}`
      await database.prisma.user.create({ data: { siteId: server.siteId, id, role } })
      for (const asked of [{ userId: id }, { userId: id, userType: 'user' as const }, hashed(id), wrong(id)])
        await expect(server.call('auth.token', openKey, asked)).rejects.toMatchObject(proof)
      expect(await server.call('auth.token', key, { userId: id })).toMatchObject({ userId: id })
    },
  )

  it('are given to an operator who is asked for as one', async () => {
    const asked = { userId: 'op-1', userType: 'operator' as const }
    expect(await server.call('auth.token', openKey, asked)).toMatchObject({ userType: 'operator' })
    await expect(server.call('auth.token', openKey, { ...asked, ...wrong('op-1') })).rejects.toMatchObject(
      proof,
    )
  })
})
