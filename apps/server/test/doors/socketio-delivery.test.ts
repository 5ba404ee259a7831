import type { Happening } from '@parley/contracts'
import { eventExamples } from '@parley/contracts/examples'
import { io, type Socket } from 'socket.io-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Doors, openDoors } from '../support/doors.ts'

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close()
})

interface Heard {
  readonly event: string
  readonly payload: Record<string, unknown>
}

async function listen(doors: Doors, transport: string, token = 'operator') {
  const socket = io(doors.url, { forceNew: true, transports: [transport], auth: { token } })
  opened.push(socket)
  const heard: Heard[] = []
  socket.onAny((event: string, payload: Record<string, unknown>) => heard.push({ event, payload }))
  await new Promise<void>(resolve => socket.once('connect', () => resolve()))
  return { socket, heard }
}

async function listening(transport: string): Promise<{ doors: Doors; socket: Socket; heard: Heard[] }> {
  const doors = await openDoors()
  opened.push(doors)
  return { doors, ...(await listen(doors, transport)) }
}

const happening = <N extends Happening['name']>(name: N) => ({ name, data: eventExamples[name] }) as Happening
const typing = eventExamples['typing.changed']
const writtenBy = (senderId: string): Happening => {
  const { message, ...rest } = eventExamples['message.created']
  return { name: 'message.created', data: { ...rest, message: { ...message, senderId } } }
}
const names = (heard: readonly Heard[]) => heard.map(({ event }) => event)

describe.each(['websocket', 'polling'])('over %s', transport => {
  it('delivers in the documented spelling, in order', async () => {
    const { doors, heard } = await listening(transport)
    doors.node.deliver(happening('message.created'))
    doors.node.deliver(happening('session.ended'))
    await vi.waitFor(() => expect(names(heard)).toEqual(['new_message', 'session_ended']))
    expect(heard[0]?.payload).toMatchObject({
      seq: 1,
      change: 2,
      senderType: 'user',
      message: 'Where is my order #4711?',
    })
    expect(heard[1]?.payload).toMatchObject({ endedBy: 'customer-4711', reason: 'solved', change: 3 })
  })

  it.each([1, 125, 126, 5_000, 65_535, 70_000])('delivers texts of %i characters whole', async length => {
    const { doors, heard } = await listening(transport)
    const { message } = eventExamples['message.created']
    const text = '语'.repeat(length)
    doors.node.deliver({
      name: 'message.created',
      data: { sessionId: message.sessionId, change: 2, message: { ...message, text } },
    })
    await vi.waitFor(() => expect(heard).toHaveLength(1))
    expect(heard[0]?.payload['message']).toBe(text)
  })

  it('tells of marks and of what it has no name for once the connection has synced', async () => {
    const { doors, socket, heard } = await listening(transport)
    doors.node.deliver(happening('message.read'))
    await socket.emitWithAck('session:sync', {})
    doors.node.deliver(happening('message.read'))
    doors.node.deliver(happening('session.listed'))
    await vi.waitFor(() => expect(names(heard)).toEqual(['message:read', 'session:listed']))
  })

  it('speaks to whoever has used user:join by the names of the chat family', async () => {
    const { doors, socket, heard } = await listening(transport)
    await socket.emitWithAck('user:join', {})
    heard.length = 0
    doors.node.deliver(happening('message.created'))
    doors.node.deliver(writtenBy('operator-1'))
    for (const name of ['message.recalled', 'message.read', 'presence.changed', 'friend.added'] as const)
      doors.node.deliver(happening(name))
    doors.node.deliver({ name: 'typing.changed', data: { ...typing, isTyping: true } })
    doors.node.deliver({ name: 'typing.changed', data: { ...typing, isTyping: false } })
    await vi.waitFor(() => expect(heard).toHaveLength(8))
    expect(names(heard)).toEqual([
      ...['message:receive', 'message:sent', 'message:recalled', 'message:read'],
      ...['user:status', 'friend:added', 'typing:start', 'typing:stop'],
    ])
    expect(heard[0]?.payload).toMatchObject({ change: 2, message: { content: 'Where is my order #4711?' } })
  })

  it('speaks in the words of both families to who has used both joins', async () => {
    const { doors, socket, heard } = await listening(transport)
    await socket.emitWithAck('user:join', {})
    await socket.emitWithAck('join_session', { sessionId: 's1' })
    heard.length = 0
    doors.node.deliver(happening('message.created'))
    doors.node.deliver(happening('participants.changed'))
    await vi.waitFor(() => expect(heard).toHaveLength(3))
    expect(names(heard).sort()).toEqual(['message:receive', 'new_message', 'participants:changed'])
  })

  it('knows by a pong that what was sent before the ping has arrived', async () => {
    const { doors, heard } = await listening(transport)
    const [connection] = [...doors.node.connections.values()]
    connection!.deliver(happening('message.created'))
    connection!.ping()
    await vi.waitFor(() => expect(doors.node.alive).toEqual([connection!.id]))
    expect(heard).toHaveLength(1)
  })

  it('tells who is logged out why, and stays away', async () => {
    const { doors, socket, heard } = await listening(transport)
    const reason = new Promise<string>(resolve => socket.once('disconnect', resolve))
    doors.node.connections.values().next().value?.close('login-ended')
    expect(await reason).toBe('io server disconnect')
    expect(heard).toEqual([
      { event: 'error', payload: expect.objectContaining({ code: 'unauthorized', event: null }) },
    ])
    expect(socket.active).toBe(false)
  })

  it('holds what came before the client was told that it is connected', async () => {
    const doors = await openDoors()
    opened.push(doors)
    doors.node.afterConnect = () => doors.node.deliver(happening('session.assigned'))
    const { heard } = await listen(doors, transport)
    await vi.waitFor(() => expect(names(heard)).toEqual(['session_assigned']))
  })
})

describe('many listeners', () => {
  it('hear the same, each by its own transport', async () => {
    const { doors, heard } = await listening('websocket')
    const other = await listen(doors, 'polling', 'visitor')
    doors.node.deliver(happening('message.created'))
    await vi.waitFor(() => expect([heard.length, other.heard.length]).toEqual([1, 1]))
    expect(heard).toEqual(other.heard)
  })

  it('survives the change of transport in the middle of a stream', async () => {
    const doors = await openDoors()
    opened.push(doors)
    const socket = io(doors.url, { forceNew: true, auth: { token: 'operator' } })
    opened.push(socket)
    const seqs: unknown[] = []
    socket.on('new_message', payload => seqs.push(payload.seq))
    const upgraded = new Promise<void>(resolve => {
      socket.io.once('open', () => socket.io.engine.once('upgrade', () => resolve()))
    })
    await vi.waitFor(() => expect(doors.node.connections.size).toBe(1))
    const { message } = eventExamples['message.created']
    const deliver = (seq: number) =>
      doors.node.deliver({
        name: 'message.created',
        data: { sessionId: 's', change: seq, message: { ...message, seq } },
      })
    const wanted = Array.from({ length: 200 }, (_, index) => index + 1)
    for (const seq of wanted.slice(0, 100)) deliver(seq)
    await upgraded
    for (const seq of wanted.slice(100)) deliver(seq)
    await vi.waitFor(() => expect(seqs).toEqual(wanted))
  })

  it('closes a reader that does not read, and no other', async () => {
    const { doors, socket, heard } = await listening('websocket')
    const slow = await listen(doors, 'websocket', 'visitor')
    const [, slowConnection] = [...doors.node.connections.values()]
    stopReading(slow.socket)
    const { message } = eventExamples['message.created']
    const text = 'x'.repeat(60_000)
    const flood = () => {
      for (let n = 0; n < 100; n += 1) {
        slowConnection!.deliver({
          name: 'message.created',
          data: { sessionId: 's', change: n, message: { ...message, text } },
        })
      }
      return doors.node.ended.includes(slowConnection!.id)
    }
    await vi.waitFor(() => expect(flood()).toBe(true))
    expect(doors.node.connections.size).toBe(1)
    doors.node.deliver(happening('session.ended'))
    await vi.waitFor(() => expect(names(heard)).toContain('session_ended'))
    expect(socket.connected).toBe(true)
  })
})

function stopReading(socket: Socket): void {
  const transport = socket.io.engine.transport as unknown as { ws: { pause(): void } }
  transport.ws.pause()
}
