import type { Caller } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { identityHash } from '../../src/features/auth/identity-hash.ts'
import { anyone, key, type World, world, worldForEach } from './world.ts'

const admin: Caller = { kind: 'person', userId: 'the-admin', role: 'admin', name: null, loginId: 'login-1' }

describe.each(testDatabases)('administration, on $name', ({ open }) => {
  let server: World
  worldForEach(open, made => {
    server = made
  })
  const audits = async (targetId: string) =>
    await server.database.prisma.auditEvent.findMany({
      where: { siteId: server.siteId, targetId },
      orderBy: { at: 'asc' },
    })

  describe('API keys', () => {
    const create = (name = 'Shop') => server.call('api-key.create', admin, { name })

    it('open from the moment they are made, and are shown once', async () => {
      const { key: secret, ...made } = await create()
      expect(secret).toMatch(/^pk_[\w-]{43}$/)
      expect(secret.startsWith(made.prefix)).toBe(true)
      expect(await server.call('api-key.list', admin, {})).toEqual([made])
      expect(await server.identify({ apiKey: secret })).toEqual({ kind: 'key', keyId: made.id })
      const stored = JSON.stringify(
        await server.database.prisma.apiKey.findMany({ where: { siteId: server.siteId } }),
      )
      expect(stored).not.toContain(secret)
      expect(await audits(made.id)).toMatchObject([
        { action: 'key.created', actorId: 'the-admin', data: { name: 'Shop' } },
      ])
    })

    it('end at once where they are revoked, elsewhere two seconds later', async () => {
      const other = await server.another()
      const { id, key: secret } = await create()
      expect(await other.identify({ apiKey: secret })).toMatchObject({ keyId: id })
      await server.call('api-key.revoke', admin, { keyId: id })
      await expect(server.identify({ apiKey: secret })).rejects.toMatchObject({ code: 'unauthorized' })
      server.clock.pass(2000)
      await expect(other.identify({ apiKey: secret })).rejects.toMatchObject({ code: 'unauthorized' })
      expect(await server.call('api-key.list', admin, {})).toEqual([])
      await expect(server.call('api-key.revoke', admin, { keyId: id })).rejects.toMatchObject({
        code: 'not_found',
      })
      expect((await audits(id)).map(row => row.action)).toEqual(['key.created', 'key.revoked'])
      other.stop()
    })

    it.each(['', 'pk_', 'pk_wrong', 'x'.repeat(10_000)])('do not open with %j', async apiKey => {
      await create()
      await expect(server.identify({ apiKey })).rejects.toMatchObject({ code: 'unauthorized' })
    })

    it('note when they were used, once a minute', async () => {
      const { id, key: secret } = await create()
      const usedAt = async () =>
        (await server.call('api-key.list', admin, {})).find(row => row.id === id)?.lastUsedAt ?? null
      await server.identify({ apiKey: secret })
      await expect.poll(usedAt).not.toBeNull()
      const first = await usedAt()
      server.clock.pass(59_000)
      await server.identify({ apiKey: secret })
      server.clock.pass(2000)
      await server.identify({ apiKey: secret })
      await expect.poll(usedAt).not.toBe(first)
      expect(Date.parse((await usedAt()) ?? '') - Date.parse(first ?? '')).toBe(61_000)
    })

    it('from the environment opens too, and can’t be listed or revoked', async () => {
      const given = await world(server.database, { environment: { apiKey: 'given by the environment' } })
      expect(await given.identify({ apiKey: 'given by the environment' })).toEqual({
        kind: 'key',
        keyId: 'environment',
      })
      expect(await given.call('api-key.list', admin, {})).toEqual([])
      given.stop()
      await given.close()
    })
  })

  describe('credentials', () => {
    it('count in one order: bearer, key, cookie, open mode; a bad one is not made good by the next', async () => {
      const { key: apiKey } = await server.call('api-key.create', admin, { name: 'Shop' })
      const { token } = await server.call('auth.token', anyone, {})
      expect(await server.identify({ bearer: token, apiKey, open: true })).toMatchObject({ kind: 'person' })
      expect(await server.identify({ apiKey, open: true })).toMatchObject({ kind: 'key' })
      await expect(server.identify({ bearer: 'bad', apiKey })).rejects.toMatchObject({ code: 'unauthorized' })
      await expect(server.identify({ apiKey: 'bad', open: true })).rejects.toMatchObject({
        code: 'unauthorized',
      })
      expect(await server.identify({ consoleCookie: 'bad', open: true })).toEqual({ kind: 'anyone' })
      expect(await server.identify({ open: true })).toEqual({ kind: 'key', keyId: 'open' })
      expect(await server.identify({})).toEqual({ kind: 'anyone' })
    })

    it('of a site that was made anew are dead', async () => {
      const { token } = await server.call('auth.token', anyone, {})
      server.clock.pass(1)
      const madeAt = new Date(server.clock.now())
      await server.database.prisma.site.update({ where: { id: server.siteId }, data: { createdAt: madeAt } })
      const anew = await server.another()
      await expect(anew.identify({ bearer: token })).rejects.toMatchObject({ code: 'unauthorized' })
      anew.stop()
    })
  })

  describe('the site', () => {
    it('has settings from its first start', async () => {
      expect(await server.call('site.get', admin, {})).toEqual({
        name: 'Parley',
        strategy: 'least-busy',
        allowedOrigins: [],
        accent: '#2f5fd0',
        corner: 'right',
      })
    })

    it('changes only what is named, tells the audit, and other servers two seconds later', async () => {
      const other = await server.another()
      const changes = { name: '商店', allowedOrigins: ['https://shop.example.com'], corner: 'left' as const }
      const changed = await server.call('site.update', admin, changes)
      expect(changed).toMatchObject({ ...changes, accent: '#2f5fd0', strategy: 'least-busy' })
      expect(await server.call('site.update', key, { accent: '#aa0000' })).toMatchObject({
        ...changes,
        accent: '#aa0000',
      })
      expect(server.features.allowedOrigins()).toEqual(changes.allowedOrigins)
      server.clock.pass(2000)
      await expect.poll(() => other.features.allowedOrigins()).toEqual(changes.allowedOrigins)
      expect(await audits(server.siteId)).toMatchObject([
        { action: 'site.updated', actorKind: 'person', actorId: 'the-admin', data: changes },
        { action: 'site.updated', actorKind: 'key', apiKeyId: 'key-1', data: { accent: '#aa0000' } },
      ])
      other.stop()
    })

    it('asks for nothing to be written when nothing is named', async () => {
      await server.call('site.update', admin, {})
      expect(await audits(server.siteId)).toEqual([])
    })

    it('leaves the strategy to those who decide about sessions, and keeps it when the look changes', async () => {
      await server.call('site.update', admin, { strategy: 'round-robin' })
      expect(server.seen.turns).toMatchObject([{ kind: 'strategy', strategy: 'round-robin' }])
      await server.database.prisma.$executeRaw`
        UPDATE sites SET settings = settings || '{"strategy":"round-robin"}' WHERE id = ${server.siteId}`
      expect(await server.call('site.update', admin, { corner: 'left' })).toMatchObject({
        strategy: 'round-robin',
      })
    })

    it('tells the widget what it needs, and whether anybody is there', async () => {
      const widget = () => server.call('site.widget', anyone, { siteId: server.siteId })
      expect(await widget()).toMatchObject({ siteId: server.siteId, online: false, messageMaxLength: 1000 })
      const { id } = await server.call('operator.create', admin, { name: 'Ada' })
      await server.database.prisma.operator.updateMany({
        where: { siteId: server.siteId, userId: id },
        data: { status: 'busy' },
      })
      server.clock.pass(2000)
      expect(await widget()).toMatchObject({ online: true })
      await expect(server.call('site.widget', anyone, { siteId: 'other' })).rejects.toMatchObject({
        code: 'not_found',
      })
    })

    it('changes its identity secret, and hashes made with the old one are dead', async () => {
      const { identitySecret } = await server.call('site.rotate-identity-secret', admin, {})
      const old = await world(server.database)
      const hash = (secret: string) => ({ userId: 'u-1', userHash: identityHash(secret, 'u-1') })
      expect(await server.call('auth.token', anyone, hash(identitySecret))).toMatchObject({ userId: 'u-1' })
      const { identitySecret: next } = await server.call('site.rotate-identity-secret', admin, {})
      await expect(server.call('auth.token', anyone, hash(identitySecret))).rejects.toMatchObject({
        code: 'unauthorized',
      })
      expect(await server.call('auth.token', anyone, hash(next))).toMatchObject({ userId: 'u-1' })
      expect(JSON.stringify(await audits(server.siteId))).not.toContain(next)
      old.stop()
      await old.close()
    })

    it('does not change an identity secret that the environment gives', async () => {
      const given = await world(server.database, { environment: { identitySecret: 'from the environment' } })
      await expect(given.call('site.rotate-identity-secret', admin, {})).rejects.toMatchObject({
        code: 'conflict',
        params: { reason: 'identity_secret' },
      })
      given.stop()
      await given.close()
    })
  })

  describe('operators', () => {
    const ada = { name: 'Ada', username: 'ada', password: 'a good password' }
    const signIn = (password = ada.password) =>
      server.call('auth.login', anyone, { username: 'ada', password })

    it('are made with two places unless told otherwise, and can sign in', async () => {
      const made = await server.call('operator.create', admin, { ...ada, avatar: '/files/ada.png' })
      expect(made).toMatchObject({
        name: 'Ada',
        maxUsers: 2,
        status: 'offline',
        isActive: true,
        avatar: '/files/ada.png',
      })
      const { user, token } = await signIn()
      expect(user).toMatchObject({ id: made.id, role: 'operator', avatar: '/files/ada.png' })
      expect(await server.identify({ bearer: token })).toMatchObject({ role: 'operator', name: 'Ada' })
      expect(server.seen.operatorsChanged).toEqual([made.id])
      const [told] = await audits(made.id)
      expect(told).toMatchObject({ action: 'operator.created', data: { username: 'ada', maxUsers: 2 } })
      expect(JSON.stringify(told)).not.toMatch(/argon2|good password/)
      expect(await server.call('operator.create', key, { name: 'Bot', maxUsers: 0 })).toMatchObject({
        maxUsers: 0,
      })
    })

    it('have usernames of their own, under any race', async () => {
      const all = await Promise.allSettled(
        Array.from({ length: 5 }, () => server.call('operator.create', admin, ada)),
      )
      expect(all.filter(result => result.status === 'fulfilled')).toHaveLength(1)
      for (const result of all) {
        if (result.status === 'fulfilled') continue
        expect(result.reason).toMatchObject({ code: 'conflict', params: { reason: 'username' } })
      }
      const operators = { siteId: server.siteId, name: 'Ada' }
      expect(await server.database.prisma.operator.count({ where: operators })).toBe(1)
    })

    it('may be given another name, picture and limit', async () => {
      const { id } = await server.call('operator.create', admin, ada)
      const changed = await server.call('operator.update', admin, {
        operatorId: id,
        name: '艾达',
        avatar: '/files/a.png',
        maxUsers: 5,
      })
      expect(changed).toMatchObject({ name: '艾达', avatar: '/files/a.png' })
      expect(server.seen.turns).toMatchObject([
        { kind: 'limit', operatorId: id, maxUsers: 5, isActive: null },
      ])
      expect((await signIn()).user).toMatchObject({ realName: '艾达', avatar: '/files/a.png' })
    })

    it('keep everything when the limit is refused', async () => {
      const { id } = await server.call('operator.create', admin, ada)
      server.decide(() => ({ kind: 'refused', code: 'conflict' }))
      const changes = { operatorId: id, name: 'Eve', maxUsers: 0, isActive: false }
      await expect(server.call('operator.update', admin, changes)).rejects.toMatchObject({
        code: 'conflict',
        params: { reason: 'load' },
      })
      expect((await signIn()).user).toMatchObject({ realName: 'Ada' })
    })

    it.each([
      ['username', { username: 'eve' }, 'conflict'],
      ['picture', { avatar: '/files/0193f2a1-7c3e-7b8a-9d21-5e0f6a7b8c9d' }, 'validation_failed'],
    ])('keep their limit when the %s is refused', async (_what, change, code) => {
      const { id } = await server.call('operator.create', admin, ada)
      await server.call('operator.create', admin, { ...ada, username: 'eve' })
      const update = server.call('operator.update', admin, { operatorId: id, maxUsers: 5, ...change })
      await expect(update).rejects.toMatchObject({ code })
      expect(server.seen.turns).toEqual([])
    })

    it.each([
      ['made inactive', { isActive: false }],
      ['given another password', { password: 'another password' }],
    ])('are signed out everywhere when they are %s', async (_what, change) => {
      const { id } = await server.call('operator.create', admin, ada)
      const [one, two] = [await signIn(), await server.call('auth.token', key, { userId: id })]
      await server.call('operator.update', admin, { operatorId: id, ...change })
      for (const { token } of [one, two]) {
        await expect(server.identify({ bearer: token })).rejects.toMatchObject({ code: 'unauthorized' })
      }
      expect(server.seen.ended).toHaveLength(2)
      await expect(signIn()).rejects.toMatchObject({ code: 'unauthorized' })
      const refresh = server.call('auth.refresh', anyone, { refreshToken: one.refreshToken })
      await expect(refresh).rejects.toMatchObject({ code: 'unauthorized' })
    })

    it('come back when they are made active again', async () => {
      const { id } = await server.call('operator.create', admin, ada)
      await server.call('operator.update', admin, { operatorId: id, isActive: false })
      await server.call('operator.update', admin, { operatorId: id, isActive: true })
      expect((await signIn()).user.id).toBe(id)
    })

    it('of whom one began a login while it was made inactive, has none', async () => {
      const { id } = await server.call('operator.create', admin, ada)
      const both = await Promise.allSettled([
        signIn(),
        server.call('auth.token', key, { userId: id }),
        server.call('operator.update', admin, { operatorId: id, isActive: false }),
      ])
      const tokens = both.flatMap(result =>
        result.status === 'fulfilled' && 'token' in result.value ? [result.value.token] : [],
      )
      for (const token of tokens) {
        await expect(server.identify({ bearer: token })).rejects.toMatchObject({ code: 'unauthorized' })
      }
    })

    it('that nobody knows are not found', async () => {
      await expect(
        server.call('operator.update', admin, { operatorId: 'nobody', name: 'X' }),
      ).rejects.toMatchObject({ code: 'not_found' })
    })

    it('without a username get no password', async () => {
      const { id } = await server.call('operator.create', admin, { name: 'Bot' })
      const change = { operatorId: id, password: 'a good password' }
      await expect(server.call('operator.update', admin, change, { locale: 'zh' })).rejects.toMatchObject({
        code: 'validation_failed',
        details: [{ path: 'password', message: '需要用户名，而目前没有用户名' }],
      })
    })
  })
})
