import { request as httpRequest } from 'node:http'
import { Failure } from '@parley/contracts'
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type DoorOptions, type Doors, openDoors } from '../support/doors.ts'

type Options = Partial<ManagerOptions & SocketOptions>

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close()
})

async function doorsWith(options?: DoorOptions): Promise<Doors> {
  const doors = await openDoors(options)
  opened.push(doors)
  return doors
}

function client(doors: Doors, options: Options = {}): Socket {
  const socket = io(doors.url, { forceNew: true, reconnection: false, transports: ['websocket'], ...options })
  opened.push(socket)
  return socket
}

/** `connected`, or what the connect_error said. */
const outcome = (socket: Socket) =>
  new Promise<string>(resolve => {
    socket.once('connect', () => resolve('connected'))
    socket.once('connect_error', error => resolve(error.message))
  })

describe.each(['websocket', 'polling'])('over %s', transport => {
  const transports = [transport]

  it('takes a token from auth, or from the header', async () => {
    const doors = await doorsWith()
    expect(await outcome(client(doors, { transports, auth: { token: 'visitor' } }))).toBe('connected')
    const extraHeaders = { authorization: 'Bearer operator' }
    expect(await outcome(client(doors, { transports, extraHeaders }))).toBe('connected')
    expect([...doors.node.connections.values()].map(connection => connection.caller.role)).toEqual([
      'visitor',
      'operator',
    ])
  })

  it.each<[string, Options]>([
    ['no token', {}],
    ['a wrong token', { auth: { token: 'nonsense' } }],
    ['a token that is no text', { auth: { token: { a: 1 } } }],
    ['an API key, which is for REST', { extraHeaders: { 'x-api-key': 'key' } }],
  ])('refuses %s', async (_, options) => {
    const doors = await doorsWith()
    expect(await outcome(client(doors, { transports, ...options }))).toBe('unauthorized')
    expect(doors.node.connections.size).toBe(0)
  })

  it.each<[string, Options, string | RegExp]>([
    ['the current protocol', { auth: { token: 'visitor', protocol: 1 } }, 'connected'],
    ['an older one', { auth: { token: 'visitor', protocol: 0 } }, 'protocol_outdated'],
    ['nonsense', { auth: { token: 'visitor', protocol: 'one' } }, 'protocol_outdated'],
  ])('%s', async (_, options, expected) => {
    expect(await outcome(client(await doorsWith(), { transports, ...options }))).toBe(expected)
  })

  it('tells in connect_error what to do', async () => {
    const socket = client(await doorsWith(), { transports, extraHeaders: { 'accept-language': 'zh' } })
    const error = await new Promise<Error & { data?: unknown }>(resolve =>
      socket.once('connect_error', resolve),
    )
    expect(error.data).toMatchObject({ code: 'unauthorized', message: expect.stringContaining('请先登录') })
  })

  it('comes back by itself when the server could not take it in', async () => {
    const doors = await doorsWith()
    let down = true
    doors.node.beforeConnect = () => (down ? Promise.reject(new Failure('unavailable')) : Promise.resolve())
    const socket = client(doors, {
      transports,
      reconnection: true,
      reconnectionDelay: 10,
      auth: { token: 'visitor' },
    })
    await vi.waitFor(() => expect(doors.faults.length).toBeGreaterThan(0))
    down = false
    await vi.waitFor(() => expect(socket.connected).toBe(true))
  })
})

describe('origins', () => {
  const ask = (doors: Doors, headers: Record<string, string>, upgrade: boolean) =>
    new Promise<number>((resolve, reject) => {
      const transport = upgrade ? 'websocket' : 'polling'
      const upgradeHeaders = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      }
      const request = httpRequest(`${doors.url}/socket.io/?EIO=4&transport=${transport}`, {
        headers: { ...headers, ...(upgrade && upgradeHeaders) },
      })
      request.on('response', response => resolve(response.resume().statusCode ?? 0))
      request.on('upgrade', (response, socket) => {
        socket.destroy()
        resolve(response.statusCode ?? 0)
      })
      request.on('error', reject)
      request.end()
    })

  it.each([
    ['none', {}, 200, 101],
    ['an allowed one', { origin: 'https://shop.example.com' }, 200, 101],
    ['the site’s', { origin: 'https://site.example.com' }, 200, 101],
    ['a stranger', { origin: 'https://evil.example.com' }, 403, 403],
    ['a sandbox', { origin: 'null' }, 403, 403],
  ])('%s', async (_, headers, polling, upgraded) => {
    const settings = { production: true, frontendUrls: ['https://shop.example.com'] }
    const doors = await doorsWith({ settings, siteOrigins: ['https://site.example.com'] })
    expect(await ask(doors, headers as Record<string, string>, false)).toBe(polling)
    expect(await ask(doors, headers as Record<string, string>, true)).toBe(upgraded)
  })

  it('tells the browser that an allowed page may read', async () => {
    const doors = await doorsWith({
      settings: { production: true, frontendUrls: ['https://shop.example.com'] },
    })
    const url = `${doors.url}/socket.io/?EIO=4&transport=polling`
    const headers = { origin: 'https://shop.example.com', 'access-control-request-method': 'POST' }
    const preflight = await fetch(url, { method: 'OPTIONS', headers })
    const answer = await fetch(url, { headers: { origin: headers.origin } })
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
      204,
      headers.origin,
    ])
    expect(answer.headers.get('access-control-allow-origin')).toBe(headers.origin)
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it('refuses every other upgrade', async () => {
    const doors = await doorsWith()
    const status = await new Promise<number>(resolve => {
      const headers = { connection: 'Upgrade', upgrade: 'websocket' }
      httpRequest(`${doors.url}/trpc`, { headers })
        .on('response', r => resolve(r.resume().statusCode ?? 0))
        .end()
    })
    expect(status).toBe(404)
  })
})

describe('open mode', () => {
  const settings = { openTokens: true }

  it('believes a connection that says who it is', async () => {
    const asked: unknown[] = []
    const doors = await doorsWith({ settings, handlers: { 'auth.token': tokenFor('user', asked) } })
    expect(await outcome(client(doors, { auth: { userId: 'u-1', name: 'Lin' } }))).toBe('connected')
    expect(asked).toEqual([{ userId: 'u-1', name: 'Lin' }])
    expect([...doors.node.connections.values()][0]?.caller.userId).toBe('user-1')
  })

  it('waits for the first call to say who calls', async () => {
    const asked: unknown[] = []
    const doors = await doorsWith({ settings, handlers: { 'auth.token': tokenFor('user', asked) } })
    const socket = client(doors)
    expect(await outcome(socket)).toBe('connected')
    expect(doors.node.connections.size).toBe(0)
    const payload = { sessionId: 's1', message: 'Hi', senderId: 'u-1' }
    expect(await socket.emitWithAck('send_message', payload)).toMatchObject({ ok: true })
    expect(asked).toEqual([{ userId: 'u-1' }])
    expect(doors.node.connections.size).toBe(1)
  })

  it.each<[string, unknown]>([
    ['user:join', { id: 'u-1', username: 'lin', role: 'admin' }],
    ['message:send', { receiverId: 'u-2', content: 'Hi', senderId: 'u-1' }],
    ['unread:count', 'u-1'],
  ])('takes the id of %s for who calls, and no role from it', async (event, payload) => {
    const asked: unknown[] = []
    const doors = await doorsWith({ settings, handlers: { 'auth.token': tokenFor('user', asked) } })
    const socket = client(doors)
    expect(await outcome(socket)).toBe('connected')
    expect(await socket.emitWithAck(event, payload)).toMatchObject({ ok: true })
    expect(asked).toEqual([{ userId: 'u-1' }])
    expect(doors.called.at(-1)?.context.caller).toMatchObject({ userId: 'user-1', role: 'user' })
  })

  it('takes who says nothing for a new visitor, and a bad name for no name', async () => {
    const asked: unknown[] = []
    const doors = await doorsWith({ settings, handlers: { 'auth.token': tokenFor('visitor', asked) } })
    const socket = client(doors)
    const bad = await socket.emitWithAck('send_message', { sessionId: 's1', message: 'Hi', senderId: 7 })
    expect(bad).toMatchObject({ ok: false, error: { code: 'validation_failed' } })
    expect(await socket.emitWithAck('typing_start', { sessionId: 's1' })).toMatchObject({ ok: true })
    expect(asked).toEqual([{}])
  })

  it('does not count for a forwarded connection', async () => {
    const doors = await doorsWith({ settings })
    const extraHeaders = { 'x-forwarded-for': '10.0.0.1' }
    expect(await outcome(client(doors, { extraHeaders }))).toBe('unauthorized')
  })
})

const tokenFor =
  (
    token: 'user' | 'visitor',
    asked: unknown[],
  ): NonNullable<NonNullable<DoorOptions['handlers']>['auth.token']> =>
  (_context, input) => {
    asked.push(JSON.parse(JSON.stringify(input)))
    return Promise.resolve({
      token,
      userId: `${token}-1`,
      userType: 'user',
      expiresIn: 60,
      expiresAt: '2026-01-31T12:00:00.000Z',
    })
  }

describe('limits and ends', () => {
  it('counts handshakes', async () => {
    const doors = await doorsWith({ rateLimitPerMinute: 2 })
    const connect = () => outcome(client(doors, { auth: { token: 'visitor' } }))
    expect([await connect(), await connect(), await connect()]).toEqual([
      'connected',
      'connected',
      'rate_limited',
    ])
  })

  it('takes no second connection on one transport', async () => {
    const doors = await doorsWith()
    const first = client(doors, { auth: { token: 'visitor' } })
    expect(await outcome(first)).toBe('connected')
    first.io.engine.write('0{"token":"visitor"}')
    await new Promise<void>(resolve => first.once('disconnect', () => resolve()))
    await vi.waitFor(() => expect(doors.node.connections.size).toBe(0))
  })

  it('tells the node when a connection has ended, and forgets it', async () => {
    const doors = await doorsWith()
    const socket = client(doors, { auth: { token: 'visitor' } })
    expect(await outcome(socket)).toBe('connected')
    expect(doors.open()).toBe(1)
    const [id] = [...doors.node.connections.keys()]
    socket.disconnect()
    await vi.waitFor(() => expect(doors.node.ended).toEqual([id]))
    expect(doors.open()).toBe(0)
  })

  it('tells the node of a connection that went while it was taken in', async () => {
    const doors = await doorsWith()
    let go: () => void = () => undefined
    doors.node.beforeConnect = () => new Promise(resolve => (go = resolve))
    const socket = client(doors, { auth: { token: 'visitor' } })
    await vi.waitFor(() => expect(socket.io.engine?.readyState).toBe('open'))
    await vi.waitFor(() => expect(go.length).toBe(1))
    socket.io.engine.close()
    await vi.waitFor(() => expect(doors.node.ended).toHaveLength(1))
    go()
    await vi.waitFor(() => expect(doors.node.connections.size).toBe(0))
  })

  it('closes transports at the end so that clients look elsewhere', async () => {
    const doors = await openDoors()
    const socket = client(doors, { auth: { token: 'visitor' } })
    expect(await outcome(socket)).toBe('connected')
    const reason = new Promise<string>(resolve => socket.once('disconnect', resolve))
    await doors.close()
    expect(await reason).toBe('transport close')
  })
})

describe('transports that never connect', () => {
  const shakeHands = ({ url }: Doors, from: string) =>
    fetch(`${url}/socket.io/?EIO=4&transport=polling`, { headers: { 'x-forwarded-for': from } })

  it('are so many for an address, and no more', async () => {
    const doors = await doorsWith({ pendingMax: 3, settings: { trustProxy: ['127.0.0.1'] } })
    for (let n = 0; n < 3; n++) expect((await shakeHands(doors, '192.0.2.1')).status).toBe(200)
    const refused = await shakeHands(doors, '192.0.2.1')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    expect(await refused.json()).toMatchObject({ error: 'rate_limited' })
    expect((await shakeHands(doors, '192.0.2.2')).status).toBe(200)
    const options = { auth: { token: 'visitor' }, extraHeaders: { 'x-forwarded-for': '192.0.2.1' } }
    expect(await outcome(client(doors, options))).toBe('websocket error')
  })

  it.each(['websocket', 'polling'])('are none of those that do, over %s', async transport => {
    const doors = await doorsWith({ pendingMax: 2 })
    for (let n = 0; n < 6; n++)
      expect(await outcome(client(doors, { transports: [transport], auth: { token: 'visitor' } }))).toBe(
        'connected',
      )
    for (let n = 0; n < 6; n++)
      expect(await outcome(client(doors, { transports: [transport] }))).toBe('unauthorized')
  })
})
