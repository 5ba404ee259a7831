import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { anyone, key, type World, worldForEach } from './world.ts'

describe.each(testDatabases)('the login and name of operators, on $name', ({ open }) => {
  let server: World
  worldForEach(open, made => {
    server = made
  })

  const ada = { name: 'Ada', username: 'ada', password: 'a good password' }
  const signIn = (password = ada.password, username = 'ada') =>
    server.call('auth.login', anyone, { username, password })

  it('made by their first token are given a login, and keep their tokens', async () => {
    const asked = { userId: 'agent-7', userType: 'operator', name: 'Seven' } as const
    const { token } = await server.call('auth.token', key, asked)
    const login = { username: 'ada', password: ada.password }
    await server.call('operator.update', key, { operatorId: 'agent-7', ...login })
    expect((await signIn()).user).toMatchObject({ id: 'agent-7', username: 'ada' })
    expect(await server.identify({ bearer: token })).toMatchObject({ userId: 'agent-7' })
  })

  it('may be given another username, but not one that is taken', async () => {
    const { id } = await server.call('operator.create', key, ada)
    await server.call('operator.create', key, { ...ada, username: 'eve' })
    await server.call('operator.update', key, { operatorId: id, username: 'countess' })
    expect((await signIn(ada.password, 'countess')).user.id).toBe(id)
    const taken = server.call('operator.update', key, { operatorId: id, username: 'eve' })
    await expect(taken).rejects.toMatchObject({ code: 'conflict', params: { reason: 'username' } })
  })

  it('without a password get no username', async () => {
    const { id } = await server.call('operator.create', key, { name: 'Bot' })
    const change = { operatorId: id, username: 'bot' }
    await expect(server.call('operator.update', key, change)).rejects.toMatchObject({
      code: 'validation_failed',
      details: [{ path: 'username', message: 'needs a password, and there is none' }],
    })
  })

  it('change their own name, as visitors see it', async () => {
    const { id } = await server.call('operator.create', key, ada)
    const caller = await server.identify({ bearer: (await signIn()).token })
    expect(await server.call('auth.update-me', caller, { name: '艾达' })).toMatchObject({
      id,
      name: '艾达',
    })
    expect(await server.call('auth.me', caller, {})).toMatchObject({ name: '艾达' })
    expect(server.seen.operatorsChanged.at(-1)).toBe(id)
    const row = await server.database.prisma.operator.findFirst({
      where: { siteId: server.siteId, userId: id },
    })
    expect(row?.name).toBe('艾达')
  })
})
