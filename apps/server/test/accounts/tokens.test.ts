import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/adapters/postgres/connect.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { identityHash } from '../../src/features/auth/identity-hash.ts'
import { anyone, key, world } from './world.ts'

const secret = 'the identity secret of the site'

describe.each(testDatabases)('tokens of visitors and others, on $name', ({ open }) => {
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
  const callerOf = (token: string) => server.identify({ bearer: token })
  const audits = (targetId: string) =>
    database.prisma.auditEvent.findMany({
      where: { siteId: server.siteId, targetId },
      orderBy: { id: 'asc' },
    })

  it('gives anybody a new visitor, for thirty days, and stores nothing', async () => {
    const one = await server.call('auth.token', anyone, { name: 'Lin' })
    const two = await server.call('auth.token', anyone, {})
    expect(one).toMatchObject({ userType: 'user', expiresIn: 2_592_000 })
    expect(two.userId).not.toBe(one.userId)
    expect(await callerOf(one.token)).toMatchObject({ userId: one.userId, role: 'visitor', name: 'Lin' })
    expect(await database.prisma.user.count({ where: { siteId: server.siteId, id: one.userId } })).toBe(0)
  })

  it('gives a user a token for a good hash', async () => {
    const { token, userId } = await server.call('auth.token', anyone, hashed('u-1'))
    expect(userId).toBe('u-1')
    expect(await callerOf(token)).toMatchObject({ userId: 'u-1', role: 'user' })
  })

  it.each([
    ['no hash', { userId: 'u-1' }],
    ['the hash of another id', { userId: 'u-1', userHash: identityHash(secret, 'u-2') }],
    ['the hash by another secret', { userId: 'u-1', userHash: identityHash('other', 'u-1') }],
    ['a hash, for an operator', { ...hashed('u-1'), userType: 'operator' as const }],
    ['a hash, for an automatic sender', { ...hashed('u-1'), userType: 'system' as const }],
    ['nothing, for a new operator', { userType: 'operator' as const }],
  ])('refuses who has %s', async (_what, input) => {
    await expect(server.call('auth.token', anyone, input)).rejects.toMatchObject({
      code: 'unauthorized',
      params: { reason: 'proof' },
    })
  })

  it.each(['operator', 'system'] as const)(
    'makes an unknown %s for a key, once, and tells the audit',
    async role => {
      const userId = `new-${role}`
      const asked = { userId, userType: role, name: 'Ada' }
      const [one, two] = await Promise.all([
        server.call('auth.token', key, asked),
        server.call('auth.token', key, asked),
      ])
      expect([one.userType, two.userType]).toEqual([role, role])
      expect(await callerOf(one.token)).toMatchObject({ userId, role, name: 'Ada' })
      const made = await audits(userId)
      expect(made.map(row => [row.action, row.apiKeyId, row.requestId])).toEqual([
        [`${role}.created`, 'key-1', 'request-1'],
      ])
      expect(server.seen.operatorsChanged.includes(userId)).toBe(role === 'operator')
    },
  )

  it('needs to know which operator', async () => {
    await expect(server.call('auth.token', key, { userType: 'operator' })).rejects.toMatchObject({
      code: 'validation_failed',
      details: [{ path: 'userId', message: 'is required' }],
    })
  })

  it('gives a key a token for any user, and makes one that is new', async () => {
    const { token } = await server.call('auth.token', key, { userId: 'u-77', name: 'Zoë' })
    expect(await callerOf(token)).toMatchObject({ userId: 'u-77', role: 'user', name: 'Zoë' })
    const made = await database.prisma.user.findMany({ where: { siteId: server.siteId, id: 'u-77' } })
    expect(made).toMatchObject([{ role: 'user', realName: 'Zoë' }])
  })

  it('lets the account’s own role win, whatever was asked for', async () => {
    await server.call('auth.token', key, { userId: 'op-1', userType: 'operator' })
    const asUser = await server.call('auth.token', key, { userId: 'op-1', userType: 'user' })
    expect(asUser.userType).toBe('operator')
    expect(await callerOf(asUser.token)).toMatchObject({ role: 'operator' })
    await database.prisma.user.create({ data: { siteId: server.siteId, id: 'u-plain', role: 'user' } })
    const asOperator = await server.call('auth.token', key, { userId: 'u-plain', userType: 'operator' })
    expect(asOperator.userType).toBe('user')
    expect(await callerOf(asOperator.token)).toMatchObject({ role: 'user' })
  })

  it.each(['admin', 'operator', 'doctor', 'nurse', 'system'] as const)(
    'does not let a hash speak for one who is %s',
    async role => {
      const id = `is-${role}`
      await database.prisma.user.create({ data: { siteId: server.siteId, id, role } })
      await expect(server.call('auth.token', anyone, hashed(id))).rejects.toMatchObject({
        code: 'unauthorized',
      })
    },
  )

  it('kills what an id had before it became an operator', async () => {
    const before = await server.call('auth.token', anyone, {})
    server.clock.pass(1)
    await server.call('auth.token', key, { userId: before.userId, userType: 'operator' })
    await expect(callerOf(before.token)).rejects.toMatchObject({ code: 'unauthorized' })
    expect(server.seen.ended).toContainEqual({ loginId: null, userId: before.userId })
  })

  it('gives one who is not active nothing', async () => {
    await database.prisma.user.create({
      data: { siteId: server.siteId, id: 'gone', role: 'user', isActive: false },
    })
    await expect(server.call('auth.token', key, { userId: 'gone' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(server.call('auth.token', anyone, hashed('gone'))).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  describe('identify', () => {
    const visitor = async () => {
      const { token } = await server.call('auth.token', anyone, {})
      return await callerOf(token)
    }

    it('turns the visitor into the user, with name and e-mail, and brings its session along', async () => {
      const caller = await visitor()
      server.seen.turns.length = 0
      const answer = await server.call('auth.identify', caller, {
        ...hashed('u-5'),
        name: 'Eva',
        email: 'eva@example.com',
      })
      expect(await callerOf(answer.token)).toMatchObject({ userId: 'u-5', role: 'user', name: 'Eva' })
      expect(server.seen.turns).toEqual([
        expect.objectContaining({
          kind: 'identify',
          visitorId: 'userId' in caller && caller.userId,
          userId: 'u-5',
          name: 'Eva',
        }),
      ])
      const row = await database.prisma.user.findFirst({ where: { siteId: server.siteId, id: 'u-5' } })
      expect(row).toMatchObject({ role: 'user', realName: 'Eva', email: 'eva@example.com' })
    })

    it('leaves name and e-mail as they were when it is not told them', async () => {
      await server.call('auth.identify', await visitor(), {
        ...hashed('u-6'),
        name: 'Eva',
        email: 'eva@example.com',
      })
      await server.call('auth.identify', await visitor(), hashed('u-6'))
      const row = await database.prisma.user.findFirst({ where: { siteId: server.siteId, id: 'u-6' } })
      expect(row).toMatchObject({ realName: 'Eva', email: 'eva@example.com' })
    })

    it.each([
      ['with', { name: 'Eva' }],
      ['without', {}],
    ])('makes one user of all who prove at once to be it, %s a name', async (what, given) => {
      const ids = Array.from({ length: 10 }, (_, n) => `${what}-${n}`)
      const identify = async (userId: string) =>
        await server.call('auth.identify', await visitor(), { ...hashed(userId), ...given })
      const answers = await Promise.all(ids.flatMap(id => Array.from({ length: 5 }, () => identify(id))))
      expect(new Set(answers.map(({ userId }) => userId))).toEqual(new Set(ids))
      const rows = await database.prisma.user.findMany({
        where: { siteId: server.siteId, id: { in: ids } },
      })
      expect(rows.map(({ realName }) => realName)).toEqual(
        ids.map(() => ('name' in given ? given.name : null)),
      )
    })

    it('does not move what belongs to another user', async () => {
      const { token } = await server.call('auth.token', anyone, hashed('u-7'))
      server.seen.turns.length = 0
      const answer = await server.call('auth.identify', await callerOf(token), hashed('u-8'))
      expect(answer.userId).toBe('u-8')
      expect(server.seen.turns).toEqual([])
    })

    it('refuses a bad hash, and staff, before anything is written', async () => {
      const caller = await visitor()
      const bad = { userId: 'u-9', userHash: identityHash(secret, 'u-8'), name: 'Mallory' }
      await expect(server.call('auth.identify', caller, bad)).rejects.toMatchObject({ code: 'unauthorized' })
      await database.prisma.user.create({ data: { siteId: server.siteId, id: 'boss', role: 'admin' } })
      await expect(server.call('auth.identify', caller, hashed('boss'))).rejects.toMatchObject({
        code: 'unauthorized',
      })
      expect(await database.prisma.user.count({ where: { siteId: server.siteId, id: 'u-9' } })).toBe(0)
    })

    it('passes on what the rules refuse', async () => {
      server.decide(() => ({ kind: 'refused', code: 'forbidden' }))
      await expect(server.call('auth.identify', await visitor(), hashed('u-10'))).rejects.toMatchObject({
        code: 'forbidden',
      })
    })
  })
})
