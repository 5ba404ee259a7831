import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkDatabase } from '../../src/adapters/postgres/check/check-database.ts'
import type { Database } from '../../src/adapters/postgres/connect.ts'
import { seedSite } from '../../src/adapters/postgres/seed-site.ts'
import { createPostgresStore } from '../../src/adapters/postgres/store/postgres-store.ts'
import { emptied, migrationsDir, testDatabases } from '../../src/adapters/postgres/testing.ts'
import { systemIds } from '../../src/adapters/system/system-ids.ts'
import { readSettings } from '../../src/config/settings.ts'
import { identityHash } from '../../src/features/auth/identity-hash.ts'
import { createServer, type Server } from '../../src/server.ts'

const API_KEY = 'the key of these tests'
const IDENTITY_SECRET = 'the identity secret'

/** What the answers of these tests may tell. */
interface Told {
  readonly id: string
  readonly userId: string
  readonly token: string
  readonly refreshToken: string
  readonly key: string
  readonly status: string
}
interface Answer<T> {
  readonly status: number | string
  readonly data: T
}

/** Accounts where they meet the core and the doors: a whole server, asked over HTTP and Socket.IO. */
describe.each(testDatabases)('accounts in a whole server, on $name', ({ open }) => {
  let database: Database
  let dataDir: string
  let server: Server
  let url: string
  const sockets: Socket[] = []

  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'parley-whole-'))
    const environment = { NODE_ENV: 'test', DATA_DIR: dataDir, API_KEY, IDENTITY_SECRET }
    const parts = { database, logger: pino({ level: 'silent' }), version: '1.2.3', root: '/nowhere/' }
    server = await createServer(readSettings(environment), parts)
    await server.app.listen({ port: 0, host: '127.0.0.1' })
    url = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
  })
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect()
    await server.stop()
    await emptied(database)
    await rm(dataDir, { recursive: true })
  })

  type Credential = { readonly token: string } | 'key' | 'nobody'
  async function call<T = Told>(
    method: string,
    path: string,
    credential: Credential,
    body?: object,
  ): Promise<Answer<T>> {
    const authorization: Record<string, string> =
      credential === 'key'
        ? { 'x-api-key': API_KEY }
        : credential === 'nobody'
          ? {}
          : { authorization: `Bearer ${credential.token}` }
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...authorization, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const answer = (await response.json()) as Omit<Answer<T>, 'status'>
    return { status: response.status, ...answer }
  }
  const token = async (body: object, by: Credential = 'key') =>
    (await call('POST', '/api/auth/token', by, body)).data

  /** Connected, and told when it is no more. */
  async function connected(credential: { readonly token: string }) {
    const socket = io(url, {
      auth: { token: credential.token },
      transports: ['websocket'],
      reconnection: false,
    })
    sockets.push(socket)
    const gone = new Promise<string>(resolve => socket.on('disconnect', resolve))
    await new Promise<void>((resolve, reject) => socket.on('connect', resolve).on('connect_error', reject))
    return { socket, gone }
  }
  const session = async (id: string) => (await call('GET', `/api/chat/session/${id}`, 'key')).data
  const start = async (credential: { readonly token: string }) =>
    (await call('POST', '/api/chat/start-session', credential, {})).data

  it('brings the visitor’s session along when it proves to be a user', async () => {
    const visitor = await token({}, 'nobody')
    const { id } = await start(visitor)
    await call('POST', `/api/chat/send-message/${id}`, visitor, { message: 'Hello' })
    const proof = { userId: 'u-1', userHash: identityHash(IDENTITY_SECRET, 'u-1'), name: 'Eva' }
    const { data: user } = await call('POST', '/api/auth/identify', visitor, proof)
    expect(await session(id)).toMatchObject({ userId: 'u-1', status: 'waiting', userName: 'Eva' })
    const { data } = await call('GET', `/api/chat/messages/${id}`, user)
    expect(data).toMatchObject([{ message: 'Hello', senderId: 'u-1' }])
    expect(await call('GET', `/api/chat/session/${id}`, visitor)).toMatchObject({ status: 404 })
  })

  it('lets visitors prove at the same moment to be one new user', async () => {
    const visitors = await Promise.all(Array.from({ length: 5 }, () => token({}, 'nobody')))
    const sessions = await Promise.all(visitors.map(start))
    const proof = { userId: 'u-2', userHash: identityHash(IDENTITY_SECRET, 'u-2') }
    const answers = await Promise.all(
      visitors.map(visitor => call('POST', '/api/auth/identify', visitor, proof)),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    const now = await Promise.all(sessions.map(({ id }) => session(id)))
    expect(now.map(({ userId }) => userId)).toEqual(['u-2', 'u-2', 'u-2', 'u-2', 'u-2'])
    // A user has one open session: the first to come stays, the others end.
    expect(now.map(({ status }) => status).sort()).toEqual(['ended', 'ended', 'ended', 'ended', 'waiting'])
  })

  it('takes sessions, sockets and tokens from an operator who is made inactive', async () => {
    const operator = await token({ userId: 'ada', userType: 'agent', name: 'Ada' })
    const { gone } = await connected(operator)
    await expect
      .poll(async () => (await call<Told[]>('GET', '/api/operators/available', 'key')).data.length)
      .toBe(1)
    const { id } = await start(await token({}, 'nobody'))
    expect(await session(id)).toMatchObject({ operatorId: 'ada', status: 'active' })

    const below = await call('PATCH', '/api/operators/ada', 'key', { maxUsers: 0 })
    expect(below).toMatchObject({
      status: 409,
      error: 'conflict',
      message: expect.stringContaining('more sessions'),
    })

    const off = await call('PATCH', '/api/operators/ada', 'key', { isActive: false })
    expect(off).toMatchObject({ status: 200, data: { status: 'offline', activeSessions: 0 } })
    expect(await session(id)).toMatchObject({ operatorId: null, status: 'waiting', queuePosition: 1 })
    expect(await gone).toBe('io server disconnect')
    expect(await call('GET', '/api/operators', operator)).toMatchObject({ status: 401 })
    expect(await call('POST', '/api/auth/token', 'key', { userId: 'ada' })).toMatchObject({ status: 403 })
  })

  it('closes the sockets of a login that ends, and no others', async () => {
    const admin = server.first.admin
    const signIn = async () => (await call('POST', '/api/auth/login', 'nobody', { ...admin })).data
    const [one, two] = [await signIn(), await signIn()]
    const [ending, staying] = [await connected(one), await connected(two)]
    await call('POST', '/api/auth/logout', one, {})
    expect(await ending.gone).toBe('io server disconnect')
    expect(staying.socket.connected).toBe(true)
    expect(await call('GET', '/api/auth/me', two)).toMatchObject({ status: 200, data: { role: 'admin' } })
  })

  it('closes the sockets of a login that something else has ended in the table, within five seconds', async () => {
    const one = (await call('POST', '/api/auth/login', 'nobody', { ...server.first.admin })).data
    const { gone } = await connected(one)
    const { id: loginId } = await database.prisma.login.findFirstOrThrow()
    const notBefore = new Date()
    const expiresAt = new Date(Date.now() + 60_000)
    await database.prisma.tokenRevocation.create({
      data: { siteId: 'default', subject: `login:${loginId}`, notBefore, expiresAt },
    })
    expect(await gone).toBe('io server disconnect')
    expect(Date.now() - notBefore.getTime()).toBeLessThan(5000)
  })

  it('keeps the strategy that an admin chooses', async () => {
    const admin = (await call('POST', '/api/auth/login', 'nobody', { ...server.first.admin })).data
    const changed = await call('PATCH', '/api/site', admin, { strategy: 'round-robin', accent: '#aa0000' })
    expect(changed).toMatchObject({ status: 200, data: { strategy: 'round-robin', accent: '#aa0000' } })
    expect(await call('GET', '/api/site', 'key')).toMatchObject({ data: changed.data })
    const audits = await database.prisma.auditEvent.findMany({ where: { targetKind: 'site' } })
    expect(audits.length).toBe(2)
  })

  it('gives a console its cookie, which opens for its own origin alone', async () => {
    const { username, password } = server.first.admin ?? {}
    const own = { 'content-type': 'application/json', origin: url, 'x-parley': '1' }
    const body = JSON.stringify({ username, password })
    const entered = await fetch(`${url}/api/console/login`, { method: 'POST', headers: own, body })
    const cookie = entered.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^parley-console=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/)
    const me = (headers: Record<string, string>) =>
      fetch(`${url}/api/auth/me`, { headers: { cookie: cookie.split(';')[0] ?? '', ...headers } })
    expect((await me({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect((await me({ 'sec-fetch-site': 'cross-site' })).status).toBe(401)
    expect((await me({})).status).toBe(401)
  })

  it('answers health from what it really asked', async () => {
    expect(await call('GET', '/api/health', 'nobody')).toMatchObject({
      status: 'ok',
      checks: { database: 'up', redis: 'not_configured' },
    })
  })

  it('never writes a secret down where it can be read', async () => {
    const admin = (await call('POST', '/api/auth/login', 'nobody', { ...server.first.admin })).data
    const { data: made } = await call('POST', '/api/keys', admin, { name: 'Shop' })
    const audits = JSON.stringify(await database.prisma.auditEvent.findMany())
    const secret = (await readFile(join(dataDir, 'secrets', 'jwt-secret'), 'utf8')).trim()
    for (const hidden of [made.key, admin.token, admin.refreshToken, server.first.admin?.password, secret]) {
      expect(audits).not.toContain(hidden)
    }
  })

  it('reads the sample data as sessions that were held, and lives on with the open ones', async () => {
    const sample = { now: Date.now(), open: true }
    expect(await seedSite(database, 'default', sample)).toEqual({ operators: 3, sessions: 8, messages: 35 })
    const store = createPostgresStore(database, 'default', systemIds)
    expect((await checkDatabase(database.pool, migrationsDir)).faults).toEqual([])
    const open = await store.openSessions({}, 1, 20, null)
    const ended = await store.endedSessions({}, 1, 20, null)
    expect([open.items.length, ended.items.length]).toEqual([3, 5])
    for (const { id, lastChange, status } of [...open.items, ...ended.items]) {
      const changes = (await store.changesSince(id, 0, 100)).map(({ change }) => change)
      expect(changes).toEqual(Array.from({ length: lastChange }, (_, n) => n + 1))
      const { items } = await store.messages(id, { kind: 'page', page: 1, limit: 50 }, 0)
      expect(items.map(({ seq }) => seq)).toEqual(items.map((_, n) => n + 1))
      if (status === 'ended') expect(items.map(message => message.status)).toEqual(items.map(() => 'read'))
    }
    const unread = open.items.filter(each => each.status === 'active').map(each => each.lastMessage?.status)
    expect(unread).toEqual(['delivered', 'delivered'])

    const off = await call('PATCH', '/api/operators/demo-lin', 'key', { isActive: false })
    expect(off).toMatchObject({ status: 200 })
    const waiting = (await call<Told[]>('GET', '/api/chat/sessions/active?status=waiting', 'key')).data
    expect(waiting.map(each => each.id)).toEqual(['demo-size-advice', 'demo-discount'])
    expect((await call('POST', '/api/chat/end-session/demo-missing-screws', 'key', {})).data.status).toBe(
      'ended',
    )
  })
})
