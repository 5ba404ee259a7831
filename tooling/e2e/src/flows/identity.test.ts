import { createHmac } from 'node:crypto'
import type { WireMessage, WireSession } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { Ear, useEars } from '../support/ear.ts'
import { ask, refusal } from '../support/http.ts'
import {
  adminToken,
  end,
  type Identity,
  newAgent,
  newStaff,
  newVisitor,
  startSession,
} from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'

const KEY = { key: true } as const
const SECRET = 'the-identity-secret-of-the-tests'
const hashOf = (userId: string) => createHmac('sha256', SECRET).update(userId).digest('hex')

interface Login {
  readonly token: string
  readonly refreshToken: string
  readonly isNewUser: boolean
  readonly user: { readonly id: string; readonly role: string }
}

/** api.md §2. */
describe.skipIf(!HAS_DATABASE)('who is calling', () => {
  const at = useServer({ IDENTITY_SECRET: SECRET, FRONTEND_URLS: 'https://shop.example' })
  const open = useEars(at)
  const token = (body: unknown, by = {}) =>
    ask<Identity & Record<string, unknown>>(at.server, 'POST /api/auth/token', by, body)

  it('token: a new visitor for anyone, a named one by its hash or an API key', async () => {
    const anyone = await token({ name: 'Lin' })
    expect(anyone.status).toBe(200)
    expect(anyone.body.data).toMatchObject({ userType: 'user', expiresIn: 2_592_000 })
    const proved = await token({ userId: 'shop-7', userHash: hashOf('shop-7') })
    expect(proved.body.data.userId).toBe('shop-7')
    for (const body of [{ userId: 'shop-7' }, { userId: 'shop-7', userHash: hashOf('shop-8') }])
      expect(await refusal(token(body))).toBe('401 unauthorized')
    expect((await token({ userId: 'shop-7' }, KEY)).body.data.userId).toBe('shop-7')
    for (const userType of ['agent', 'system']) {
      const body = { userId: `a-${userType}`, userType, userHash: hashOf(`a-${userType}`) }
      expect(await refusal(token(body))).toBe('401 unauthorized')
      expect((await token(body, KEY)).body.data).toMatchObject({ userType })
    }
    const asStaff = token({ userId: 'a-agent', userHash: hashOf('a-agent') })
    expect(await refusal(asStaff), 'a hash never makes staff').toBe('401 unauthorized')
  })

  it('takes ids that name the caller only where they are its own, and no role', async () => {
    const { server } = at
    const visitor = await newVisitor(server)
    const { id } = await startSession(server, visitor)
    const send = (more: object) =>
      ask<WireMessage>(server, `POST /api/chat/send-message/${id}`, visitor, { message: 'Hi', ...more })
    expect((await send({ senderId: visitor.userId, senderType: 'system' })).body.data.senderType).toBe('user')
    expect(await refusal(send({ senderId: 'somebody' }))).toBe('403 identity_mismatch')
    const start = ask(server, 'POST /api/chat/start-session', visitor, { userId: 'somebody' })
    expect(await refusal(start)).toBe('403 identity_mismatch')
    const ear = await open(visitor)
    for (const [event, body] of [
      ['join_session', { sessionId: id, userId: 'somebody' }],
      ['send_message', { sessionId: id, message: 'Hi', senderId: 'somebody' }],
    ] as const)
      expect(await ear.call(event, body)).toMatchObject({ ok: false, error: { code: 'identity_mismatch' } })
    const list = await ask<WireMessage[]>(server, `GET /api/chat/messages/${id}`, visitor)
    expect(list.body.data).toHaveLength(1)
    await end(server, id, visitor)
  })

  it('login, refresh, logout: a used refresh token ends the login, and its sockets', async () => {
    const { server } = at
    const { id, username, password } = await newStaff(server, 'Ada')
    const login = () => ask<Login>(server, 'POST /api/auth/login', {}, { username, password })
    const first = (await login()).body.data
    expect(first.user).toMatchObject({ id, role: 'operator' })
    const me = (of: string) => ask<{ id: string }>(server, 'GET /api/auth/me', { token: of })
    expect((await me(first.token)).body.data.id).toBe(id)
    const refresh = (refreshToken: string) =>
      ask<Login>(server, 'POST /api/auth/refresh-token', {}, { refreshToken })
    const second = (await refresh(first.refreshToken)).body.data
    expect((await me(second.token)).status).toBe(200)
    const ear = await open(second)
    const gone = new Promise(resolve => ear.socket.once('disconnect', resolve))
    expect(await refusal(refresh(first.refreshToken))).toBe('401 unauthorized')
    expect(await refusal(me(second.token))).toBe('401 unauthorized')
    expect(await refusal(refresh(second.refreshToken))).toBe('401 unauthorized')
    await gone
    const other = (await login()).body.data
    await ask(server, 'POST /api/auth/logout', other, {})
    expect(await refusal(me(other.token))).toBe('401 unauthorized')
    for (const wrong of [
      { username, password: 'x' },
      { username: 'nobody', password },
    ])
      expect(await refusal(ask(server, 'POST /api/auth/login', {}, wrong))).toBe('401 unauthorized')
  })

  it('the console’s cookie: from the server’s own pages alone, with a header on what changes something', async () => {
    const { server } = at
    const { username, password } = await newStaff(server, 'Ben')
    const json = { 'content-type': 'application/json' }
    const own = { origin: server.url, 'x-parley': '1' }
    const signIn = (headers: object) =>
      fetch(`${server.url}/api/console/login`, {
        method: 'POST',
        headers: { ...json, ...headers },
        body: JSON.stringify({ username, password }),
      })
    const answer = await signIn(own)
    expect(answer.status).toBe(200)
    const set = answer.headers.get('set-cookie') ?? ''
    expect(set).toMatch(/HttpOnly/i)
    expect(set).toMatch(/SameSite=Strict/i)
    const cookie = set.split(';', 1)[0] ?? ''
    const me = (headers: object) => fetch(`${server.url}/api/auth/me`, { headers: { cookie, ...headers } })
    expect((await me(own)).status).toBe(200)
    expect((await me({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect((await me({ origin: 'https://shop.example' })).status).toBe(401)
    expect((await me({ origin: `http://127.0.0.1:${server.port}` })).status).toBe(401)
    expect((await me({ 'sec-fetch-site': 'cross-site' })).status).toBe(401)
    const logout = (headers: object) =>
      fetch(`${server.url}/api/console/logout`, {
        method: 'POST',
        headers: { ...json, cookie, ...headers },
        body: '{}',
      })
    expect([401, 403]).toContain((await logout({ origin: server.url })).status)
    expect((await logout(own)).status).toBe(200)
    expect((await me(own)).status).toBe(401)
  })

  it('a socket needs a good token, an allowed origin and a protocol that is known', async () => {
    const { server } = at
    const visitor = await newVisitor(server)
    for (const auth of [{}, { token: 'x' }, { token: `${visitor.token}x` }])
      await expect(Ear.open(server, auth)).rejects.toMatchObject({ message: 'unauthorized' })
    await expect(Ear.open(server, { token: visitor.token, protocol: 0 })).rejects.toMatchObject({
      message: 'protocol_outdated',
    })
    const poll = (origin: string) =>
      fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers: { origin } })
    expect((await poll('https://evil.example')).status).toBe(403)
    expect((await poll('https://shop.example')).status).toBe(200)
  })

  it('admin only: the site, its secret and its API keys', async () => {
    const { server } = at
    const [admin, agent] = [await adminToken(server), await newAgent(server, 'cem')]
    const made = await ask<{ id: string; key: string }>(server, 'POST /api/keys', admin, { name: 'Shop' })
    expect(made.status).toBe(201)
    const withKey = (key: string) => fetch(`${server.url}/api/operators`, { headers: { 'x-api-key': key } })
    expect((await withKey(made.body.data.key)).status).toBe(200)
    const listed = await ask(server, 'GET /api/keys', admin)
    expect(JSON.stringify(listed.body)).not.toContain(made.body.data.key)
    expect((await ask(server, `DELETE /api/keys/${made.body.data.id}`, admin)).status).toBe(200)
    expect((await withKey(made.body.data.key)).status).toBe(401)
    expect(await refusal(ask(server, `DELETE /api/keys/${made.body.data.id}`, admin))).toBe('404 not_found')
    for (const by of [agent, KEY, await newVisitor(server)]) {
      expect(await refusal(ask(server, 'GET /api/keys', by))).toBe('403 forbidden')
      expect(await refusal(ask(server, 'POST /api/keys', by, { name: 'X' }))).toBe('403 forbidden')
      expect(await refusal(ask(server, 'POST /api/site/identity-secret', by, {}))).toBe('403 forbidden')
    }
    const site = await ask(server, 'PATCH /api/site', admin, { name: 'Birch & Stone', corner: 'left' })
    expect(site.body.data).toMatchObject({ name: 'Birch & Stone', corner: 'left' })
    expect(await refusal(ask(server, 'PATCH /api/site', agent, { name: 'X' }))).toBe('403 forbidden')
    expect((await ask(server, 'GET /api/site/widget')).body.data).toMatchObject({
      name: 'Birch & Stone',
    })
  })

  it('identify: a visitor who proves to be a user brings the open session along', async () => {
    const { server } = at
    const visitor = await newVisitor(server, 'Lin')
    const { id, lastChange } = await startSession(server, visitor)
    const identify = (body: unknown) => ask<Identity>(server, 'POST /api/auth/identify', visitor, body)
    expect(await refusal(identify({ userId: 'lin-1', userHash: hashOf('lin-2') }))).toBe('401 unauthorized')
    const user = (await identify({ userId: 'lin-1', userHash: hashOf('lin-1'), name: 'Lin Wei' })).body.data
    const session = await ask<WireSession>(server, `GET /api/chat/session/${id}`, user)
    expect(session.body.data).toMatchObject({ userId: 'lin-1', userType: 'user', lastChange: lastChange + 1 })
    expect(await refusal(ask(server, `GET /api/chat/session/${id}`, visitor))).toMatch(/^40[14] /)
    await end(server, id, user)
  })

  it('identify: whoever has the session is told by a number, and what the visitor wrote is the user’s', async () => {
    const { server } = at
    const [agent, visitor] = [await newAgent(server, 'eve'), await newVisitor(server)]
    const { id } = await startSession(server, visitor)
    for (const message of ['one', 'two'])
      await ask(server, `POST /api/chat/send-message/${id}`, visitor, { message })
    const ear = await open(agent)
    const sync = (from: number) =>
      ear.call<{ sessions: Record<string, { upTo: number; messages: WireMessage[] }> }>('session:sync', {
        sessions: { [id]: from },
      })
    const { upTo: before = 0 } = (await sync(0)).sessions[id] ?? {}
    await ask(server, 'POST /api/auth/identify', visitor, { userId: 'wei-1', userHash: hashOf('wei-1') })
    const told = await ear.hears('participants:changed')
    expect(told).toMatchObject({
      sessionId: id,
      change: before + 1,
      identified: { visitorId: visitor.userId, userId: 'wei-1' },
    })
    const messages = (await sync(before)).sessions[id]?.messages ?? []
    expect(messages.map(({ content, senderId, change }) => [content, senderId, change])).toEqual([
      ['one', 'wei-1', before + 1],
      ['two', 'wei-1', before + 1],
    ])
    await end(server, id, KEY)
  })
})
