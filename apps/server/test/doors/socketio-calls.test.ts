import { CHAT_CALLS, Failure, SUPPORT_CALLS } from '@parley/contracts'
import { fieldFor, operationExamples, payloadFor } from '@parley/contracts/examples'
import { io, type Socket } from 'socket.io-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type DoorOptions, type Doors, openDoors } from '../support/doors.ts'

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close()
})

async function connected(
  options?: DoorOptions,
  token = 'operator',
): Promise<{ doors: Doors; socket: Socket }> {
  const doors = await openDoors(options)
  const socket = io(doors.url, { forceNew: true, transports: ['websocket'], auth: { token } })
  opened.push(doors, socket)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return { doors, socket }
}

const next = (socket: Socket, event: string) => new Promise<unknown>(resolve => socket.once(event, resolve))

const calls = [...SUPPORT_CALLS, ...CHAT_CALLS].map(call => [call.event, call] as const)

describe('every call', () => {
  it('answers its acknowledgement, and its reply whether or not it was asked for one', async () => {
    const { doors, socket } = await connected()
    for (const [event, call] of calls) {
      const { operation, reply, bareAcknowledgement } = call
      const { valid, output } = operationExamples[operation]
      const replied = reply && !reply.unlessAcknowledged ? next(socket, reply.event) : null
      const answer = await socket.emitWithAck(event, payloadFor(call, valid[0]!))
      const expected = bareAcknowledgement?.(output as never) ?? expect.objectContaining({ ok: true })
      expect({ event, answer }).toEqual({ event, answer: expected })
      if (reply && replied) expect(reply.schema.safeParse(await replied).error).toBeUndefined()
      expect(doors.called.at(-1)?.name).toBe(operation)
    }
  })

  it.each(calls)('%s refuses what is not valid, and stores nothing', async (event, call) => {
    const { doors, socket } = await connected()
    for (const { payload, at } of operationExamples[call.operation].invalid) {
      const answer = await socket.emitWithAck(event, payloadFor(call, payload as object))
      expect(answer).toMatchObject({ ok: false, error: { code: 'validation_failed' } })
      const paths = answer.error.details.map((problem: { path: string }) => problem.path)
      expect(paths).toContain(fieldFor(call, at))
    }
    expect(doors.called).toEqual([])
    expect(doors.faults).toEqual([])
  })

  it('hands over who calls, the connection and a request id', async () => {
    const { doors, socket } = await connected()
    await socket.emitWithAck('typing_start', { sessionId: 's1', isTyping: false })
    const { context, input } = doors.called[0]!
    expect(input).toEqual({ sessionId: 's1', isTyping: true })
    expect(context.caller).toMatchObject({ userId: 'operator-1' })
    expect(context.connection).toBe([...doors.node.connections.values()][0])
    expect(context.requestId).toBe(`${socket.id}.1`)
  })

  it('writes the answer before what followed it', async () => {
    const heard: string[] = []
    const { doors, socket } = await connected({
      handlers: {
        'session.leave': (context, input) => {
          context.afterAnswer?.(() => deliverTyping(doors))
          return Promise.resolve({ sessionId: input.sessionId })
        },
      },
    })
    socket.on('user_typing', () => heard.push('event'))
    socket.emit('leave_session', { sessionId: 's1' }, () => heard.push('answer'))
    await vi.waitFor(() => expect(heard).toEqual(['answer', 'event']))
  })
})

describe('the chat family', () => {
  it('says who is online as a bare list, to the callback alone where there is one', async () => {
    const { socket } = await connected()
    const heard: unknown[] = []
    socket.on('users:online', people => heard.push(people))
    const answer = await new Promise<unknown>(resolve => socket.emit('users:online', resolve))
    expect(answer).toEqual([expect.objectContaining({ _id: 'customer-4711' })])
    expect(heard).toEqual([])
    socket.emit('users:online')
    await vi.waitFor(() => expect(heard).toEqual([answer]))
  })

  it('takes a status as a bare text, and refuses one that is none', async () => {
    const { doors, socket } = await connected()
    expect(await socket.emitWithAck('user:status:update', 'away')).toMatchObject({ ok: true })
    expect(doors.called.at(-1)).toMatchObject({ name: 'user.set-status', input: { status: 'away' } })
    for (const bad of ['busy', '', 7, true, ['away']])
      expect(await socket.emitWithAck('user:status:update', bad)).toMatchObject({
        error: { code: 'validation_failed' },
      })
    const error = next(socket, 'error')
    socket.emit('user:status:update', 'busy')
    expect(await error).toMatchObject({ event: 'user:status:update', details: [{ path: 'status' }] })
  })

  it.each<[string, unknown[], object]>([
    ['of oneself', [], {}],
    ['of a bare id', ['customer-4711'], { userId: 'customer-4711' }],
    ['of an id in an object', [{ userId: 'customer-4711' }], { userId: 'customer-4711' }],
  ])('counts what is unread %s, answered by an event too', async (_, args, input) => {
    const { doors, socket } = await connected()
    const event = next(socket, 'unread:count')
    socket.emit('unread:count', ...args)
    expect(await event).toEqual({ success: true, data: { unreadCount: 3, sessions: expect.anything() } })
    expect(doors.called.at(-1)?.input).toEqual(input)
    expect(await socket.emitWithAck('unread:count', ...args)).toMatchObject({
      ok: true,
      data: { unreadCount: 3 },
    })
  })

  it.each(['sessionId', 'receiverId'])('sends a message by %s', async field => {
    const { doors, socket } = await connected()
    const sent = { [field]: 'x1', content: 'Hi', messageType: 'text', senderId: 'operator-1' }
    expect(await socket.emitWithAck('message:send', sent)).toMatchObject({
      ok: true,
      message: { _id: expect.any(String), content: expect.any(String) },
    })
    expect(doors.called.at(-1)?.input).toMatchObject({ [field]: 'x1', text: 'Hi', type: 'text' })
  })

  it('tells the field that is wrong as the caller spells it', async () => {
    const { socket } = await connected()
    const answer = await socket.emitWithAck('message:send', { sessionId: 's1', content: 7 })
    expect(answer.error.details).toEqual([{ path: 'content', message: expect.any(String) }])
  })
})

const deliverTyping = (doors: Doors) =>
  doors.node.deliver({
    name: 'typing.changed',
    data: { sessionId: 's1', userId: 'u', userType: 'user', isTyping: true },
  })

describe('bad input', () => {
  it('comes as event `error` where no acknowledgement was asked for', async () => {
    const { socket } = await connected()
    const error = next(socket, 'error')
    socket.emit('send_message', {})
    expect(await error).toMatchObject({
      code: 'validation_failed',
      event: 'send_message',
      message: expect.any(String),
    })
  })

  it.each<[string, unknown[]]>([
    ['an unknown event', ['nonsense', {}]],
    ['a name that every object has', ['constructor', {}]],
    ['an event named error', ['error', {}]],
    ['several arguments', ['send_message', { sessionId: 's1', message: 'Hi' }, 'more']],
    ['a callback that is no callback', ['send_message', { sessionId: 's1', message: 'Hi' }, null]],
    ['no argument', ['send_message']],
    ['null', ['send_message', null]],
    ['a text', ['send_message', 'Hi']],
    ['a list', ['send_message', [{ sessionId: 's1', message: 'Hi' }]]],
    ['bytes', ['send_message', Buffer.from('Hi')]],
    ['bytes in a field', ['send_message', { sessionId: 's1', message: Buffer.from('Hi') }]],
    ['deep nesting', ['send_message', JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`)]],
    [
      'deep nesting in a field',
      [
        'send_message',
        { sessionId: 's1', message: 'Hi', x: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) },
      ],
    ],
  ])('%s is answered, with and without an acknowledgement', async (_, [event, ...args]) => {
    const { doors, socket } = await connected()
    const error = next(socket, 'error')
    socket.emit(event as string, ...args)
    expect(await error).toMatchObject({ code: 'validation_failed', event })
    const answer = await socket.emitWithAck(event as string, ...args)
    expect(answer).toMatchObject({ ok: false, error: { code: 'validation_failed' } })
    expect(doors.called).toEqual([])
    expect(doors.faults).toEqual([])
    expect(await socket.emitWithAck('typing_start', { sessionId: 's1' })).toMatchObject({ ok: true })
  })

  it('answers nesting that would overflow a stack', async () => {
    const { doors, socket } = await connected()
    const error = next(socket, 'error')
    const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`
    socket.io.engine.write(`2["send_message",{"sessionId":"s1","message":"Hi","x":${deep}}]`)
    expect(await error).toMatchObject({ code: 'validation_failed', event: 'send_message' })
    expect(doors.called).toEqual([])
  })

  it('closes the connection that sends over 64 KiB, and no other', async () => {
    const { doors, socket } = await connected()
    const other = io(doors.url, { forceNew: true, transports: ['websocket'], auth: { token: 'visitor' } })
    opened.push(other)
    await next(other, 'connect')
    const closed = next(socket, 'disconnect')
    socket.emit('send_message', { sessionId: 's1', message: 'x'.repeat(70_000) })
    expect(await closed).toMatch(/^transport/)
    expect(await other.emitWithAck('typing_start', { sessionId: 's1' })).toMatchObject({ ok: true })
    expect(doors.called).toHaveLength(1)
  })

  it.each([
    '2[',
    '9',
    '51-["send_message",{"_placeholder":true,"num":5}]',
    '2["connect"]',
    '2{"a":1}',
    '0/admin,',
    '3["x"]',
    '4"x"',
    '99999999999-x',
  ])('packets that are no Socket.IO end at most their own connection: %s', async packet => {
    const { doors, socket } = await connected()
    const other = io(doors.url, { forceNew: true, transports: ['websocket'], auth: { token: 'visitor' } })
    opened.push(other)
    await next(other, 'connect')
    socket.io.engine.write(packet)
    expect(await other.emitWithAck('typing_start', { sessionId: 's1' })).toMatchObject({ ok: true })
    expect(doors.faults).toEqual([])
  })
})

describe('failures', () => {
  it.each<[string, () => Promise<never>, string]>([
    ['a refusal', () => Promise.reject(new Failure('session_ended')), 'session_ended'],
    ['a bug', () => Promise.reject(new Error('secret')), 'internal'],
  ])('%s', async (_, handler, code) => {
    const { socket } = await connected({ handlers: { 'message.send': handler } })
    const answer = await socket.emitWithAck('send_message', { sessionId: 's1', message: 'Hi' })
    expect(answer).toMatchObject({ ok: false, error: { code } })
    expect(JSON.stringify(answer)).not.toContain('secret')
  })

  it('may not call what is not for it', async () => {
    const { socket } = await connected({}, 'visitor')
    expect(await socket.emitWithAck('session:watch', { list: 'queue' })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    })
  })

  it('limits what one token does, and says when to go on', async () => {
    const { socket } = await connected({ rateLimitPerMinute: 3, sendLimitPerMinute: 1 })
    const send = () => socket.emitWithAck('send_message', { sessionId: 's1', message: 'Hi' })
    expect(await send()).toMatchObject({ ok: true })
    expect(await send()).toMatchObject({
      ok: false,
      error: { code: 'rate_limited', retryAfter: expect.any(Number) },
    })
    // The handshake was one request.
    for (const _ of [2, 3])
      expect(await socket.emitWithAck('nonsense')).toMatchObject({ error: { code: 'validation_failed' } })
    expect(await socket.emitWithAck('nonsense')).toMatchObject({ error: { code: 'rate_limited' } })
  })

  it('counts a message for each session that one is forwarded to', async () => {
    const { doors } = await connected({ sendLimitPerMinute: 3 })
    const forward = (...sessionIds: string[]) =>
      fetch(`${doors.url}/api/chat/messages/m1/forward`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer operator' },
        body: JSON.stringify({ sessionIds }),
      })
    const statuses = [await forward('a', 'b'), await forward('a', 'b')].map(({ status }) => status)
    expect(statuses).toEqual([201, 429])
  })
})
