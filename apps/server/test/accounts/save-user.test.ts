import type { RawInput } from '@parley/contracts'
import type { Caller } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { key, type World, worldForEach } from './world.ts'

const admin: Caller = { kind: 'person', userId: 'boss', role: 'admin', name: 'Boss', loginId: 'l' }
const refused = (code: string, path?: string) =>
  expect.objectContaining(
    path === undefined ? { code } : { code, details: [{ path, message: expect.any(String) }] },
  )

describe.each(testDatabases)('user.save, on $name', ({ open }) => {
  let server: World
  worldForEach(open, made => {
    server = made
  })

  const save = (input: RawInput<'user.save'>, caller: Caller = key) => server.call('user.save', caller, input)
  const row = (id: string) =>
    server.database.prisma.user.findUniqueOrThrow({ where: { siteId_id: { siteId: server.siteId, id } } })
  const operatorRow = (userId: string) =>
    server.database.prisma.operator.findUnique({
      where: { siteId_userId: { siteId: server.siteId, userId } },
    })
  const audits = () =>
    server.database.prisma.auditEvent.findMany({
      where: { siteId: server.siteId, action: { startsWith: 'user.' } },
      orderBy: { at: 'asc' },
    })

  it('makes a user, and brings the one with the id up to date', async () => {
    const made = await save({
      id: 'lin',
      realName: 'Lin Wei',
      email: 'lin@example.com',
      phone: '+86 138 0013 8000',
    })
    expect(made).toMatchObject({
      created: true,
      user: { id: 'lin', role: 'user', realName: 'Lin Wei', phone: '+8613800138000', status: 'offline' },
    })
    const again = await save({ id: 'lin', nickname: 'Wei', email: '' })
    expect(again).toMatchObject({
      created: false,
      user: { realName: 'Lin Wei', nickname: 'Wei', email: null, phone: '+8613800138000' },
    })
    const [first, second] = await audits()
    expect(first).toMatchObject({ action: 'user.created', targetId: 'lin', actorKind: 'key' })
    expect(second).toMatchObject({ action: 'user.updated', data: { changed: ['nickname', 'email'] } })
  })

  it('makes an id where none is said', async () => {
    const { user, created } = await save({})
    expect([created, user.id.length]).toEqual([true, 36])
  })

  it('says who has the name or number already', async () => {
    await save({ id: 'lin', username: 'lin', phone: '+8613800138000' })
    await expect(save({ username: 'lin' })).rejects.toMatchObject({
      code: 'conflict',
      params: { reason: 'username' },
    })
    await expect(save({ id: 'other', phone: '+8613800138000' })).rejects.toMatchObject({
      code: 'conflict',
      params: { reason: 'phone' },
    })
    await save({ id: 'other', username: 'other' })
    await expect(save({ id: 'other', username: 'lin' })).rejects.toEqual(refused('conflict'))
    expect((await row('other')).username).toBe('other')
  })

  it('refuses a number that texts don’t reach, and a password without a name', async () => {
    await expect(save({ phone: '123' })).rejects.toEqual(refused('validation_failed', 'phone'))
    await expect(save({ password: 'long enough' })).rejects.toEqual(refused('validation_failed', 'password'))
    expect(await audits()).toEqual([])
  })

  it('keeps a key’s password as the person’s own, an admin’s until it is changed', async () => {
    const login = { password: 'long enough' }
    await save({ id: 'a', username: 'a', ...login })
    await save({ id: 'b', username: 'b', ...login }, admin)
    expect([(await row('a')).mustChangePassword, (await row('b')).mustChangePassword]).toEqual([false, true])
    const { login: old } = await signedIn('a', login.password)
    await save({ id: 'a', password: 'another one' })
    expect(server.seen.ended).toContainEqual({ loginId: old, userId: null })
    expect((await row('a')).mustChangePassword).toBe(true)
  })

  const signedIn = async (username: string, password: string) => {
    await server.call('auth.login', { kind: 'anyone' }, { username, password })
    const login = await server.database.prisma.login.findFirstOrThrow({
      where: { siteId: server.siteId, userId: username },
    })
    return { login: login.id }
  }

  it('gives an operator its place in the pool, which it leaves with the role and comes back to', async () => {
    await save({ id: 'ann', realName: 'Ann', role: 'operator' })
    expect(await operatorRow('ann')).toMatchObject({ name: 'Ann', status: 'offline', isActive: true })
    expect(server.seen.turns).toEqual([])
    expect(server.seen.operatorsChanged).toContain('ann')
    await save({ id: 'ann', role: 'nurse' })
    expect(server.seen.turns).toMatchObject([{ kind: 'limit', operatorId: 'ann', isActive: false }])
    const activate = { operatorId: 'ann', isActive: true }
    await expect(server.call('operator.update', key, activate)).rejects.toMatchObject({
      code: 'conflict',
      params: { reason: 'role' },
    })
    await save({ id: 'ann', role: 'operator', realName: 'Annie' })
    expect(server.seen.turns[1]).toMatchObject({ operatorId: 'ann', isActive: true })
    expect(await operatorRow('ann')).toMatchObject({ name: 'Annie' })
  })

  it('takes nobody out of the pool whom it then does not save', async () => {
    await save({ id: 'lin', username: 'lin', phone: '+8613800138000' })
    await save({ id: 'ann', role: 'operator' })
    for (const taken of [{ username: 'lin' }, { phone: '+8613800138000' }])
      for (const leaves of [{ role: 'nurse' }, { isActive: false }] as const)
        await expect(save({ id: 'ann', ...leaves, ...taken })).rejects.toEqual(refused('conflict'))
    expect(server.seen.turns).toEqual([])
  })

  it.each(['doctor', 'nurse', 'admin'] as const)('keeps a %s out of the pool', async role => {
    await save({ id: 'x', role })
    expect([(await row('x')).role, await operatorRow('x')]).toEqual([role, null])
  })

  it('ends the logins of who gets another role or is made inactive', async () => {
    await save({ id: 'a', username: 'a', password: 'long enough' })
    const first = await signedIn('a', 'long enough')
    await save({ id: 'a', nickname: 'A' })
    expect(server.seen.ended.filter(({ loginId }) => loginId !== null)).toEqual([])
    await save({ id: 'a', role: 'doctor' })
    expect(server.seen.ended).toContainEqual({ loginId: first.login, userId: null })
    await save({ id: 'a', isActive: false })
    await expect(signedIn('a', 'long enough')).rejects.toEqual(refused('unauthorized'))
    await save({ id: 'a', isActive: true })
    await signedIn('a', 'long enough')
  })

  it('takes nobody’s own admin rights', async () => {
    await save({ id: 'boss', role: 'admin' })
    for (const input of [{ role: 'nurse' }, { isActive: false }] as const)
      await expect(save({ id: 'boss', ...input }, admin)).rejects.toMatchObject({
        code: 'conflict',
        params: { reason: 'own_role' },
      })
    expect(await save({ id: 'boss', realName: 'Bo', role: 'admin' }, admin)).toMatchObject({ created: false })
  })

  it('gives the id of one who was erased to nobody', async () => {
    await save({ id: 'gone' })
    const where = { siteId_id: { siteId: server.siteId, id: 'gone' } }
    await server.database.prisma.user.update({ where, data: { erasedAt: new Date() } })
    await expect(save({ id: 'gone', realName: 'New' })).rejects.toEqual(refused('forbidden'))
  })

  it('[F10][F11] lets two write to each other as long as one of them is staff', async () => {
    const { siteId } = server
    const pairs = ['friend', 'stranger', 'nurse', 'brought'] as const
    for (const id of ['mia', ...pairs]) await save({ id, role: id === 'nurse' ? 'nurse' : 'user' })
    for (const id of pairs)
      await server.database.prisma.session.create({
        data: {
          id: `${siteId}-${id}`,
          ...{ siteId, type: 'private', status: 'active', pairKey: `${id}/mia`, bond: 'none' },
          broughtTogether: id === 'brought',
          participants: {
            create: ['mia', id].map(userId => ({ siteId, userId, role: 'member' })),
          },
        },
      })
    for (const [userId, friendId] of [
      ['mia', 'friend'],
      ['friend', 'mia'],
    ] as const)
      await server.database.prisma.friendship.create({ data: { siteId, userId, friendId } })
    const bonds = async () => {
      const rows = await server.database.prisma.session.findMany({ where: { siteId } })
      return Object.fromEntries(rows.map(({ id, bond }) => [id.slice(siteId.length + 1), bond]))
    }
    await save({ id: 'mia', role: 'doctor' })
    expect(await bonds()).toEqual({ friend: 'staff', stranger: 'staff', nurse: 'staff', brought: 'together' })
    await save({ id: 'mia', role: 'user' })
    expect(await bonds()).toEqual({
      friend: 'friends',
      stranger: 'none',
      nurse: 'staff',
      brought: 'together',
    })
  })
})

describe.each(testDatabases)('user.join, on $name', ({ open }) => {
  let server: World
  worldForEach(
    open,
    made => {
      server = made
    },
    () => ({ environment: { fileHosts: ['cdn.example.com'] } }),
  )

  const lin: Caller = { kind: 'person', userId: 'lin', role: 'user', name: null, loginId: 'l' }
  const join = (input: RawInput<'user.join'>, caller: Caller = lin) => server.call('user.join', caller, input)

  it('fills in what is missing and hears all sessions', async () => {
    const joined = await join({
      id: 'lin',
      username: 'lin.wei',
      realName: 'Lin Wei',
      avatar: 'https://cdn.example.com/lin.png',
      role: 'admin',
    })
    expect(joined).toMatchObject({
      ...{ id: 'lin', realName: 'Lin Wei', role: 'user', username: null },
      avatar: 'https://cdn.example.com/lin.png',
    })
    expect(server.seen.performed).toEqual(['inbox.open'])
  })

  it('takes the username for a name where there is no other, and changes none that is there', async () => {
    expect(await join({ username: 'lin.wei' })).toMatchObject({ realName: 'lin.wei', username: null })
    const again = await join({ realName: 'Somebody Else', avatar: 'https://cdn.example.com/a.png' })
    expect(again.realName).toBe('lin.wei')
    expect(await join({ avatar: 'https://cdn.example.com/b.png' })).toMatchObject({ avatar: again.avatar })
  })

  it.each(['https://evil.example/a.png', 'javascript:alert(1)', '/files/none', '/\\evil.example', '🙂'])(
    'takes no picture from %s, and keeps nobody out for it',
    async avatar => {
      expect(await join({ avatar, realName: ' ' })).toMatchObject({ avatar: null, realName: null })
    },
  )

  it('refuses who says to be somebody else, and keys', async () => {
    await expect(join({ id: 'other' })).rejects.toEqual(refused('identity_mismatch'))
    await expect(join({}, key)).rejects.toEqual(refused('unauthorized'))
    expect(server.seen.performed).toEqual([])
  })
})
