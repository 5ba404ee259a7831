import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { anyone, DAY, HOUR, key, type World, worldForEach } from './world.ts'

describe.each(testDatabases)('sign-in, on $name', ({ open }) => {
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

  it('opens for username and password, as the account’s own role', async () => {
    const answer = await signIn()
    expect(answer).toMatchObject({
      expiresIn: 3600,
      isNewUser: false,
      user: { username: 'admin', role: 'admin' },
    })
    expect(await callerOf(answer.token)).toMatchObject({
      role: 'admin',
      name: 'Admin',
      userId: answer.user.id,
    })
    expect(JSON.stringify(answer)).not.toContain('argon2')
  })

  it('tells the audit when staff sign in, and from where', async () => {
    const { user } = await signIn()
    const rows = await server.database.prisma.auditEvent.findMany({
      where: { siteId: server.siteId, action: 'login.started' },
    })
    expect(rows).toMatchObject([{ actorId: user.id, data: { kind: 'password', address: '192.0.2.1' } }])
  })

  it.each([
    ['a wrong password', { username: 'admin', password: 'wrong' }],
    ['an unknown name', { username: 'nobody', password: 'wrong' }],
    ['a name of another case', { username: 'Admin', password: 'wrong' }],
  ])('fails for %s, in the same words', async (_what, given) => {
    await expect(signIn(given)).rejects.toMatchObject({
      code: 'unauthorized',
      params: { reason: 'password' },
    })
  })

  it('fails for one who is not active, or has no password', async () => {
    await server.database.prisma.user.updateMany({
      where: { siteId: server.siteId },
      data: { isActive: false },
    })
    await expect(signIn()).rejects.toMatchObject({ code: 'unauthorized' })
    await server.database.prisma.user.updateMany({
      where: { siteId: server.siteId },
      data: { isActive: true, passwordHash: null },
    })
    await expect(signIn()).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('is throttled after ten wrong passwords, even for the right one, and not elsewhere', async () => {
    const wrong = { username: 'admin', password: 'wrong' }
    const tries = await Promise.allSettled(Array.from({ length: 15 }, () => signIn(wrong)))
    const codes = tries.map(result => (result.status === 'rejected' ? result.reason.code : 'in'))
    expect(codes.filter(code => code === 'unauthorized')).toHaveLength(10)
    expect(codes.filter(code => code === 'rate_limited')).toHaveLength(5)
    await expect(signIn()).rejects.toMatchObject({ code: 'rate_limited' })
    await expect(signIn(admin(), '192.0.2.9')).resolves.toMatchObject({ user: { username: 'admin' } })
  })

  describe('refresh', () => {
    const refresh = (refreshToken: string) => server.call('auth.refresh', anyone, { refreshToken })

    it('gives a new pair of the same login', async () => {
      const first = await signIn()
      server.clock.pass(HOUR)
      const second = await refresh(first.refreshToken)
      expect(second.refreshToken).not.toBe(first.refreshToken)
      const [before, after] = [await callerOf(first.token), await callerOf(second.token)]
      expect(after).toEqual(before)
    })

    it('ends the whole login when a used one comes again', async () => {
      const first = await signIn()
      const second = await refresh(first.refreshToken)
      await expect(refresh(first.refreshToken)).rejects.toMatchObject(dead)
      await expect(callerOf(second.token)).rejects.toMatchObject(dead)
      await expect(refresh(second.refreshToken)).rejects.toMatchObject(dead)
      const { loginId } = server.seen.ended.at(-1) ?? {}
      expect(loginId).toBeTruthy()
    })

    it('lets one of many that come at once be the first, and ends the login for the others', async () => {
      const { refreshToken } = await signIn()
      const all = await Promise.allSettled(Array.from({ length: 6 }, () => refresh(refreshToken)))
      expect(all.filter(result => result.status === 'fulfilled')).toHaveLength(1)
      const [pair] = all.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
      await expect(callerOf(pair?.token ?? '')).rejects.toMatchObject(dead)
    })

    it.each([
      ['an unknown one', () => 'rt_unknown'],
      ['an access token', (pair: { token: string }) => pair.token],
    ])('refuses %s', async (_what, given) => {
      const refused = given(await signIn()).slice(0, 512)
      await expect(refresh(refused)).rejects.toMatchObject(dead)
    })

    it('lives thirty days since the last one', async () => {
      const first = await signIn()
      server.clock.pass(29 * DAY)
      const second = await refresh(first.refreshToken)
      server.clock.pass(29 * DAY)
      const third = await refresh(second.refreshToken)
      server.clock.pass(31 * DAY)
      await expect(refresh(third.refreshToken)).rejects.toMatchObject(dead)
    })

    it('is refused, whatever of it is being cleared away', async () => {
      const pairs = await Promise.all(Array.from({ length: 8 }, () => signIn()))
      server.clock.pass(31 * DAY) // the clearing begins
      for (const { refreshToken } of pairs) await expect(refresh(refreshToken)).rejects.toMatchObject(dead)
    })

    it('carries the role that the account has now', async () => {
      const { refreshToken } = await signIn()
      await server.database.prisma.user.updateMany({
        where: { siteId: server.siteId },
        data: { role: 'nurse' },
      })
      const { token } = await refresh(refreshToken)
      expect(await callerOf(token)).toMatchObject({ role: 'nurse' })
    })

    it('refuses one who is no longer active', async () => {
      const { refreshToken } = await signIn()
      await server.database.prisma.user.updateMany({
        where: { siteId: server.siteId },
        data: { isActive: false },
      })
      await expect(refresh(refreshToken)).rejects.toMatchObject(dead)
    })
  })

  describe('logout', () => {
    it('kills this login at once, and no other', async () => {
      const [one, two] = [await signIn(), await signIn()]
      const caller = await callerOf(one.token)
      await server.call('auth.logout', caller, {})
      await expect(callerOf(one.token)).rejects.toMatchObject(dead)
      await expect(
        server.call('auth.refresh', anyone, { refreshToken: one.refreshToken }),
      ).rejects.toMatchObject(dead)
      expect(await callerOf(two.token)).toMatchObject({ role: 'admin' })
      expect(server.seen.ended).toEqual([{ loginId: 'loginId' in caller && caller.loginId, userId: null }])
    })

    it.each([
      ['hear of it', false, 0],
      ['did not hear of it, two seconds later', true, 2000],
    ])('counts on other servers that %s', async (_which, down, later) => {
      const other = await server.another()
      const { token } = await signIn()
      server.bus.down = down
      await server.call('auth.logout', await callerOf(token), {})
      server.clock.pass(later)
      const seenThere = () =>
        other.identify({ bearer: token }).then(
          () => 'alive',
          () => 'dead',
        )
      await expect.poll(seenThere).toBe('dead')
      expect(other.seen.ended).toHaveLength(down ? 1 : 0)
      other.stop()
    })

    it('counts on a server that starts later', async () => {
      const { token } = await signIn()
      await server.call('auth.logout', await callerOf(token), {})
      const later = await server.another()
      await expect(later.identify({ bearer: token })).rejects.toMatchObject(dead)
      later.stop()
    })

    it('works for a visitor, who has no account', async () => {
      const { token } = await server.call('auth.token', anyone, {})
      await server.call('auth.logout', await callerOf(token), {})
      await expect(callerOf(token)).rejects.toMatchObject(dead)
    })
  })

  describe('change of password', () => {
    const change = async (token: string, password: string, newPassword: string) =>
      server.call('auth.change-password', await callerOf(token), { password, newPassword })

    it('ends every other login, removes the note of the first start, and tells the audit', async () => {
      const [mine, other] = [await signIn(), await signIn()]
      const machine = await server.call('auth.token', key, { userId: mine.user.id })
      await change(mine.token, admin().password, 'a new password')
      expect(await callerOf(mine.token)).toMatchObject({ role: 'admin' })
      for (const { token } of [other, machine]) await expect(callerOf(token)).rejects.toMatchObject(dead)
      expect(server.seen.ended).toHaveLength(2)
      await expect(signIn()).rejects.toMatchObject({ code: 'unauthorized' })
      await signIn({ username: 'admin', password: 'a new password' })
      const again = await server.another()
      expect(again.first.admin).toBeNull()
      again.stop()
      const audit = { siteId: server.siteId, action: 'password.changed', actorId: mine.user.id }
      expect(await server.database.prisma.auditEvent.count({ where: audit })).toBe(1)
    })

    it('of two at once lets one win', async () => {
      const { token } = await signIn()
      const both = await Promise.allSettled([
        change(token, admin().password, 'first choice'),
        change(token, admin().password, 'second choice'),
      ])
      expect(both.map(result => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    })

    it.each([
      ['the wrong present one', 'password', 'wrong', 'a new password', 'is not the present password'],
      ['the same again', 'newPassword', '', '', 'must differ from the present password'],
    ])('refuses %s and changes nothing', async (_what, path, password, newPassword, message) => {
      const { token } = await signIn()
      const present = admin().password
      await expect(change(token, password || present, newPassword || present)).rejects.toMatchObject({
        code: 'validation_failed',
        details: [{ path, message }],
      })
      await signIn()
    })

    it('is throttled like sign-in', async () => {
      const { token } = await signIn()
      const tries = await Promise.allSettled(
        Array.from({ length: 12 }, () => change(token, 'wrong', 'a new password')),
      )
      const limited = tries.filter(
        result => result.status === 'rejected' && result.reason.code === 'rate_limited',
      )
      expect(limited).toHaveLength(2)
    })
  })

  it('drops what has expired, and nothing else', async () => {
    const { token } = await signIn()
    await signIn()
    await server.call('auth.logout', await callerOf(token), {})
    await server.stores.auth.forgetExpired(server.clock.now())
    expect(await server.database.prisma.login.count({ where: { siteId: server.siteId } })).toBe(2)
    await server.stores.auth.forgetExpired(server.clock.now() + 31 * DAY)
    const left = await Promise.all([
      server.database.prisma.login.count({ where: { siteId: server.siteId } }),
      server.database.prisma.refreshToken.count({ where: { login: { siteId: server.siteId } } }),
      server.database.prisma.tokenRevocation.count({ where: { siteId: server.siteId } }),
    ])
    expect(left).toEqual([0, 0, 0])
  })
})
