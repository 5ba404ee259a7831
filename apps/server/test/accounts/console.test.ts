import type { OperationName } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { createIdentify } from '../../src/operations/identify.ts'
import { anyone, cookieJar, HOUR, key, type World, worldForEach } from './world.ts'

describe.each(testDatabases)('the console’s sign-in, on $name', ({ open }) => {
  let server: World
  worldForEach(open, made => {
    server = made
  })

  const admin = () => {
    if (server.first.admin === null) throw new Error('no first admin')
    return server.first.admin
  }
  const signIn = (given = admin(), from = '192.0.2.1') =>
    server.call('auth.login', anyone, given, { address: from })
  const callerOf = (token: string) => server.identify({ bearer: token })
  const dead = { code: 'unauthorized', params: { reason: 'credential' } }

  const enter = async () => {
    const cookie = cookieJar()
    const me = await server.call('console.sign-in', anyone, admin(), { cookie })
    return { cookie, me }
  }
  const callerOfCookie = (token: string, operation: OperationName = 'auth.me') =>
    server.identify({ consoleCookie: token }, operation)

  it('sets a cookie for twelve hours, which is no bearer token', async () => {
    const { cookie, me } = await enter()
    expect(me).toMatchObject({ role: 'admin', name: 'Admin' })
    const { token, seconds } = cookie.get()!
    expect(seconds).toBe(12 * 3600)
    expect(await callerOfCookie(token)).toMatchObject({ userId: me.id, role: 'admin' })
    await expect(callerOf(token)).rejects.toMatchObject(dead)
    const bearer = await signIn()
    expect(await callerOfCookie(bearer.token)).toEqual({ kind: 'anyone' })
  })

  describe('with a password that somebody else has made', () => {
    const enterAs = async (given: { username: string; password: string }) => {
      const cookie = cookieJar()
      const me = await server.call('console.sign-in', anyone, given, { cookie })
      const caller = (operation?: OperationName) =>
        server.identify({ consoleCookie: cookie.get()?.token ?? null }, operation)
      return { me, cookie, caller }
    }
    const first = { code: 'forbidden', params: { reason: 'password' } }

    it('does nothing before it is changed', async () => {
      const { me, cookie, caller } = await enterAs(admin())
      expect(me.mustChangePassword).toBe(true)
      for (const operation of ['operator.create', 'session.watch', undefined] as const)
        await expect(caller(operation)).rejects.toMatchObject(first)
      const change = { password: admin().password, newPassword: 'one of my own' }
      await server.call('auth.change-password', await caller('auth.change-password'), change, { cookie })
      expect(await caller('operator.create')).toMatchObject({ userId: me.id })
      expect(await caller()).toMatchObject({ userId: me.id })
      const now = await server.call('auth.me', await caller('auth.me'), {}, { cookie })
      expect(now.mustChangePassword).toBeUndefined()
      expect((await enterAs({ ...admin(), password: 'one of my own' })).me.mustChangePassword).toBeUndefined()
    })

    it('goes on with the old cookie if the answer to the change was lost', async () => {
      const { me, caller } = await enterAs(admin())
      const change = { password: admin().password, newPassword: 'one of my own' }
      await server.call('auth.change-password', await caller('auth.change-password'), change, {
        cookie: cookieJar(),
      })
      expect((await server.call('auth.me', await caller('auth.me'), {})).mustChangePassword).toBeUndefined()
      for (const operation of ['operator.create', 'session.watch', undefined] as const)
        expect(await caller(operation)).toMatchObject({ userId: me.id, role: 'admin' })
      const ended = await server.call('console.sign-out', await caller('console.sign-out'), {})
      expect(ended).toEqual({ loggedOut: true })
      expect(await caller()).toEqual(anyone)
    })

    it('signs in and out all the same', async () => {
      const { cookie, caller } = await enterAs(admin())
      const again = createIdentify(
        { identify: (credentials, operation) => server.identify(credentials, operation) },
        { request: () => Promise.resolve(), send: () => Promise.resolve() },
      )
      const credentials = { bearer: null, apiKey: null, open: false }
      const consoleCookie = cookie.get()?.token ?? null
      expect(await again({ ...credentials, consoleCookie }, '192.0.2.1', 'console.sign-in')).toEqual(anyone)
      await server.call('console.sign-out', await caller('console.sign-out'), {}, { cookie })
      expect(cookie.get()).toBeNull()
    })

    it('is what an admin gives to who has lost the own one, not what a key begins with', async () => {
      const ada = { username: 'ada', password: 'a first password' }
      const { id } = await server.call('operator.create', key, { name: 'Ada', ...ada })
      expect((await enterAs(ada)).me.mustChangePassword).toBeUndefined()
      await server.call('operator.update', key, { operatorId: id, password: 'a second password' })
      server.clock.pass(1)
      const { me, caller } = await enterAs({ ...ada, password: 'a second password' })
      expect(me.mustChangePassword).toBe(true)
      await expect(caller('session.watch')).rejects.toMatchObject(first)
    })

    it('is what an admin gives a new operator to begin with', async () => {
      const boss = await callerOf((await signIn()).token)
      const ada = { username: 'ada', password: 'a first password' }
      await server.call('operator.create', boss, { name: 'Ada', ...ada })
      await server.call('operator.create', boss, { name: 'Lin' })
      const { me, caller } = await enterAs(ada)
      expect(me.mustChangePassword).toBe(true)
      await expect(caller('session.watch')).rejects.toMatchObject(first)
      const marked = { siteId: server.siteId, role: 'operator', mustChangePassword: true } as const
      expect(await server.database.prisma.user.count({ where: marked })).toBe(1)
    })

    it('leaves tokens of the API what their account may', async () => {
      expect(await callerOf((await signIn()).token)).toMatchObject({ role: 'admin' })
    })
  })

  it('is for staff', async () => {
    await server.database.prisma.user.updateMany({ where: { siteId: server.siteId }, data: { role: 'user' } })
    await expect(enter()).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('begins no login where no cookie can be set', async () => {
    await expect(server.call('console.sign-in', anyone, admin())).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await server.database.prisma.login.count({ where: { siteId: server.siteId } })).toBe(0)
  })

  it('ends with its cookie cleared; a dead cookie is nobody, so that signing in again works', async () => {
    const { cookie } = await enter()
    const { token } = cookie.get()!
    await server.call('console.sign-out', await callerOfCookie(token), {}, { cookie })
    expect(cookie.get()).toBeNull()
    expect(await callerOfCookie(token)).toEqual({ kind: 'anyone' })
  })

  it('is renewed while it is used, for a week at most', async () => {
    const { cookie } = await enter()
    const use = async () => {
      const { token } = cookie.get()!
      const [, claims = ''] = token.split('.')
      const { sub, lid } = JSON.parse(Buffer.from(claims, 'base64url').toString())
      await server.call(
        'auth.me',
        { kind: 'person', userId: sub, role: 'admin', name: null, loginId: lid },
        {},
        { cookie },
      )
      return cookie.get()!
    }
    const first = cookie.get()!
    server.clock.pass(HOUR / 2)
    expect(await use()).toBe(first)
    server.clock.pass(HOUR)
    const second = await use()
    expect(second).not.toBe(first)
    expect(second.seconds).toBe(12 * 3600)
    let lastsUntil = 0
    for (let hours = 1.5; hours < 7 * 24; hours += 6) {
      const before = cookie.get()
      const now = await use()
      if (now !== before) lastsUntil = hours + now.seconds / 3600
      server.clock.pass(6 * HOUR)
    }
    expect(lastsUntil).toBe(7 * 24)
  })

  it('is not given to one who asks with a bearer token', async () => {
    const cookie = cookieJar()
    const { token } = await signIn()
    server.clock.pass(2 * HOUR)
    await server.call('auth.me', await callerOf(token), {}, { cookie })
    expect(cookie.get()).toBeNull()
  })

  it('says who a visitor is, too', async () => {
    const { token, userId } = await server.call('auth.token', anyone, { name: 'Lin' })
    expect(await server.call('auth.me', await callerOf(token), {})).toEqual({
      id: userId,
      role: 'visitor',
      name: 'Lin',
      avatar: null,
    })
  })
})
