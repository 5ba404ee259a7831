import { Failure, type Happening } from '@parley/contracts'
import { eventExamples } from '@parley/contracts/examples'
import { describe, expect, it, vi } from 'vitest'
import { bearer, type RawCredential } from '../support/raw-client.ts'
import { client, closeAfterEach, connected, doorsWith } from '../support/raw-doors.ts'

closeAfterEach()

const happening = <N extends Happening['name']>(name: N) => ({ name, data: eventExamples[name] }) as Happening

describe('the upgrade', () => {
  it.each<[string, RawCredential, number]>([
    ['the header', bearer('user'), 101],
    ['the subprotocols', { protocols: ['parley', 'bearer.user'] }, 101],
    ['no token', {}, 401],
    ['a wrong token', bearer('nonsense'), 401],
    ['a wrong token as subprotocol', { protocols: ['parley', 'bearer.nonsense'] }, 401],
    ['an API key', { headers: { 'x-api-key': 'key' } }, 401],
    [
      'an origin that may not',
      { headers: { ...bearer('user').headers, origin: 'https://evil.example.com' } },
      403,
    ],
  ])('%s', async (_, options, status) => {
    expect(await client(await doorsWith(), options).status).toBe(status)
  })

  it('chooses the subprotocol that is no secret, and says who is connected', async () => {
    const doors = await doorsWith()
    const { socket, frames, status } = client(doors, { protocols: ['parley', 'bearer.user'] })
    await status
    expect(socket.protocol).toBe('parley')
    await vi.waitFor(() => expect(frames).toEqual([{ type: 'connected', data: { userId: 'user-1' } }]))
  })

  it('counts as a request', async () => {
    const doors = await doorsWith({ rateLimitPerMinute: 1 })
    expect(await client(doors, bearer('user')).status).toBe(101)
    expect(await client(doors, bearer('user')).status).toBe(429)
  })

  it('hears all sessions of its person, with what it missed, once it has been told that it is connected', async () => {
    const doors = await doorsWith()
    const { message } = eventExamples['message.created']
    doors.node.onInbox = async connection =>
      connection.deliver({ name: 'message.created', data: { sessionId: 's', change: 1, message } })
    const { frames } = client(doors, bearer('user'))
    await vi.waitFor(() => expect(frames.map(({ type }) => type)).toEqual(['connected', 'new_message']))
    const [id] = [...doors.node.connections.keys()]
    expect(doors.node.inboxes).toEqual([{ id, backlog: true }])
  })

  it('answers no frame before it hears its sessions', async () => {
    const doors = await doorsWith()
    let go: () => void = () => undefined
    doors.node.onInbox = () => new Promise(resolve => (go = resolve))
    const { frames, send, status } = client(doors, bearer('user'))
    await status
    send({ type: 'session:sync', id: 's' })
    await vi.waitFor(() => expect(doors.node.inboxes).toHaveLength(1))
    expect(doors.called).toEqual([])
    go()
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'ack', id: 's' }))
  })

  it('ends when its sessions can’t be had, so that it comes back', async () => {
    const doors = await doorsWith()
    doors.node.onInbox = () => Promise.reject(new Failure('unavailable'))
    const { closed } = client(doors, bearer('user'))
    expect(await closed).toBe(1013)
    await vi.waitFor(() => expect(doors.node.connections.size).toBe(0))
  })

  it('ends with a reason when the server could not take it in', async () => {
    const doors = await doorsWith()
    doors.node.beforeConnect = () => Promise.reject(new Failure('unavailable'))
    const { frames, closed } = client(doors, bearer('user'))
    expect(await closed).toBe(1013)
    expect(frames).toEqual([{ type: 'error', data: expect.objectContaining({ code: 'unavailable' }) }])
  })
})

describe('frames', () => {
  it('acknowledges a frame with an id, and only that', async () => {
    const { doors, frames, send } = await connected()
    send({ type: 'session:sync', data: {} })
    send({ type: 'session:sync', data: {}, id: 'a1' })
    await vi.waitFor(() => expect(doors.called).toHaveLength(2))
    await vi.waitFor(() =>
      expect(frames.slice(1)).toEqual([
        { type: 'ack', id: 'a1', data: expect.objectContaining({ ok: true }) },
      ]),
    )
  })

  it.each<[string, unknown, string]>([
    ['no JSON', '{"type":', ''],
    ['a text', '"hello"', ''],
    ['a list', [], ''],
    ['no type', { data: {} }, ''],
    ['a type that is no text', { type: 7 }, ''],
    ['an unknown type', { type: 'nonsense' }, 'type'],
    ['a name that every object has', { type: 'toString' }, 'type'],
    ['an id that is none', { type: 'session:sync', id: {} }, ''],
    ['data of the wrong shape', { type: 'session:sync', data: [] }, ''],
    ['data of the wrong type', { type: 'session:sync', data: { sessions: 7 } }, 'sessions'],
  ])('answers %s, and stays', async (_, sent, at) => {
    const { doors, frames, send } = await connected()
    send(sent)
    await vi.waitFor(() => expect(frames).toHaveLength(2))
    expect(frames[1]).toMatchObject({
      type: 'error',
      data: { code: 'validation_failed', details: [{ path: at }] },
    })
    send({ type: 'session:sync', id: 'still-here' })
    await vi.waitFor(() => expect(frames[2]).toMatchObject({ type: 'ack', id: 'still-here' }))
    expect(doors.faults).toEqual([])
  })

  it('gives a refusal the id of what it refuses', async () => {
    const refuse = () => Promise.reject(new Failure('not_found'))
    const { frames, send } = await connected({ handlers: { 'message.read': refuse } })
    send({ type: 'message:read', data: { messageId: 'm1' }, id: 'r1' })
    await vi.waitFor(() =>
      expect(frames[1]).toMatchObject({ type: 'error', id: 'r1', data: { code: 'not_found' } }),
    )
  })

  it('closes with the fifth bad frame in ten seconds, but not for good ones that are refused', async () => {
    const refuse = () => Promise.reject(new Failure('not_found'))
    const { frames, send, closed } = await connected({ handlers: { 'message.read': refuse } })
    for (let n = 0; n < 10; n += 1) send({ type: 'message:read', data: { messageId: 'm1' } })
    for (let n = 0; n < 4; n += 1) send('nonsense')
    send({ type: 'session:sync', id: 'still-here' })
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'ack', id: 'still-here' }))
    send('nonsense')
    expect(await closed).toBe(1008)
  })

  it('closes on a binary frame, one that is too large, and one that is no text', async () => {
    const binary = await connected()
    binary.socket.send(Buffer.from('{}'))
    expect(await binary.closed).toBe(1003)
    const large = await connected()
    large.send('x'.repeat(70_000))
    expect(await large.closed).toBe(1009)
    const broken = await connected()
    broken.socket.send(Buffer.from([0xff, 0xfe]), { binary: false })
    expect(await broken.closed).toBe(1007)
  })
})

describe('delivery', () => {
  it('is by the family’s names, and after a sync without a hole', async () => {
    const { doors, frames, send } = await connected()
    doors.node.deliver(happening('message.created'))
    doors.node.deliver(happening('session.ended'))
    send({ type: 'session:sync', id: 's' })
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'ack' }))
    doors.node.deliver(happening('session.ended'))
    await vi.waitFor(() => expect(frames).toHaveLength(4))
    expect(frames[1]).toMatchObject({
      type: 'new_message',
      data: { message: { content: 'Where is my order #4711?' } },
    })
    expect(frames[3]).toMatchObject({
      type: 'session:changed',
      data: { change: 3, session: { status: 'ended' } },
    })
  })

  it('knows by a pong what has arrived', async () => {
    const { doors } = await connected()
    const [connection] = [...doors.node.connections.values()]
    connection!.ping()
    connection!.ping()
    await vi.waitFor(() => expect(doors.node.alive).toEqual([connection!.id]))
  })

  it('tells who is logged out why', async () => {
    const { doors, frames, closed } = await connected()
    doors.node.connections.values().next().value?.close('login-ended')
    expect(await closed).toBe(1008)
    expect(frames.at(-1)).toMatchObject({ type: 'error', data: { code: 'unauthorized' } })
  })

  it('forgets a connection that has ended', async () => {
    const { doors, socket } = await connected()
    expect(doors.open()).toBe(1)
    socket.close()
    await vi.waitFor(() => expect(doors.node.ended).toHaveLength(1))
    expect([doors.open(), doors.node.connections.size]).toEqual([0, 0])
  })
})
