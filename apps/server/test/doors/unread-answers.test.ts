import { io } from 'socket.io-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type Doors, openDoors } from '../support/doors.ts'

const MEGABYTE = 'x'.repeat(1_000_000)
const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close()
})

/** Doors whose every sync answers with a megabyte. */
async function wordyDoors(): Promise<Doors> {
  const sync = async () => ({ sessions: {}, unknown: [MEGABYTE], others: [], more: false })
  const doors = await openDoors({ handlers: { 'session.sync': sync } })
  opened.push(doors)
  return doors
}

interface Asker {
  /** Asks, and resolves with the answer. */
  ask(): Promise<unknown>
  stopReading(): void
}

async function rawAsker({ url }: Doors): Promise<Asker> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, ['parley', 'bearer.operator'])
  opened.push({ close: () => socket.terminate() })
  socket.on('error', () => undefined)
  await new Promise(resolve => socket.once('message', resolve))
  return {
    ask: () =>
      new Promise(resolve => {
        socket.once('message', resolve)
        socket.send(JSON.stringify({ type: 'session:sync', id: 1 }))
      }),
    stopReading: () => socket.pause(),
  }
}

async function socketioAsker({ url }: Doors): Promise<Asker> {
  const socket = io(url, { forceNew: true, transports: ['websocket'], auth: { token: 'operator' } })
  opened.push(socket)
  await new Promise<void>(resolve => socket.once('connect', () => resolve()))
  const transport = socket.io.engine.transport as unknown as { ws: { pause(): void } }
  return {
    ask: () => new Promise(resolve => socket.emit('session:sync', {}, resolve)),
    stopReading: () => transport.ws.pause(),
  }
}

describe.each([
  ['/ws', rawAsker],
  ['Socket.IO', socketioAsker],
])('over %s', (_, connect) => {
  it('closes who asks on and on and reads no answer', async () => {
    const doors = await wordyDoors()
    const asker = await connect(doors)
    asker.stopReading()
    await vi.waitFor(() => {
      void asker.ask()
      expect(doors.node.ended).toHaveLength(1)
    }, 10_000)
  })

  it('gives one who reads as many answers as it asks for', async () => {
    const doors = await wordyDoors()
    const asker = await connect(doors)
    for (let asked = 0; asked < 20; asked += 1) await asker.ask()
    expect(doors.node.ended).toEqual([])
  })
})
