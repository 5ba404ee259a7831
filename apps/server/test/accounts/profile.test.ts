import type { Caller } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { key, type World, worldForEach } from './world.ts'

describe.each(testDatabases)('a profile, on $name', ({ open }) => {
  let server: World
  worldForEach(open, made => {
    server = made
  })

  const person = (userId: string, role: 'user' | 'visitor' | 'operator' = 'user'): Caller => ({
    kind: 'person',
    userId,
    role,
    name: 'Lin Wei',
    loginId: `login-of-${userId}`,
  })
  const profile = (caller: Caller) => server.call('user.profile', caller, {})
  const audit = () =>
    server.database.prisma.auditEvent.findMany({
      where: { siteId: server.siteId, action: 'user.profile-changed' },
    })

  it('is the caller’s own, with e-mail and phone', async () => {
    await server.database.prisma.user.create({
      data: {
        siteId: server.siteId,
        id: 'lin',
        role: 'user',
        phone: '+8613800138000',
        email: 'l@example.com',
      },
    })
    expect(await profile(person('lin'))).toMatchObject({
      id: 'lin',
      phone: '+8613800138000',
      email: 'l@example.com',
    })
    await expect(profile(key)).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('changes what is given, empties what is empty, and keeps the rest', async () => {
    const lin = person('lin')
    const change = (input: Parameters<typeof server.call<'user.update-profile'>>[2]) =>
      server.call('user.update-profile', lin, input)
    expect(await change({ nickname: 'Wei', email: 'l@example.com' })).toMatchObject({
      nickname: 'Wei',
      email: 'l@example.com',
      realName: 'Lin Wei',
    })
    expect(await change({ realName: '', nickname: null })).toMatchObject({ nickname: 'Wei', realName: null })
    expect(await change({ email: '' })).toMatchObject({ email: null, nickname: 'Wei' })
    expect(await server.call('user.set-nickname', lin, { nickname: 'W' })).toMatchObject({ nickname: 'W' })
    expect(await change({})).toEqual(await profile(lin))
    expect(await audit()).toEqual([])
  })

  it.each(['user', 'visitor'] as const)('is there for a %s who is not written down yet', async role => {
    const caller = person('new', role)
    expect(await profile(caller)).toMatchObject({ id: 'new', role, realName: 'Lin Wei', isActive: true })
    expect(await server.database.prisma.user.count({ where: { siteId: server.siteId, id: 'new' } })).toBe(0)
    expect(await server.call('user.set-nickname', caller, { nickname: 'Wei' })).toMatchObject({
      role,
      nickname: 'Wei',
      realName: 'Lin Wei',
    })
  })

  it('is none of one who was erased, or of staff that is not there', async () => {
    await server.database.prisma.user.create({
      data: { siteId: server.siteId, id: 'gone', role: 'operator', erasedAt: new Date() },
    })
    for (const caller of [person('gone', 'operator'), person('nobody', 'operator')]) {
      await expect(profile(caller)).rejects.toMatchObject({ code: 'not_found' })
      await expect(server.call('user.set-nickname', caller, { nickname: 'x' })).rejects.toMatchObject({
        code: 'not_found',
      })
    }
  })

  it('of an operator changes what visitors see, and the audit is told', async () => {
    const made = await server.call('operator.create', key, { name: 'Ada' })
    const ada = person(made.id, 'operator')
    await server.call('user.update-profile', ada, { realName: 'Ada L.', email: 'ada@example.com' })
    const row = await server.database.prisma.operator.findFirstOrThrow({ where: { siteId: server.siteId } })
    expect(row.name).toBe('Ada L.')
    expect(server.seen.operatorsChanged).toContain(made.id)
    expect(await audit()).toMatchObject([
      { actorId: made.id, targetId: made.id, data: { changed: ['realName', 'email'] } },
    ])
  })
})
