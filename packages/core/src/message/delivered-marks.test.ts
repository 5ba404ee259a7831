import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, NodeWorld } from '../../test/node-world.ts'
import { storeWith } from '../delivery/announcing-store.ts'
import type { Node } from '../node/node.ts'
import { StoreUnavailable } from '../ports/store.ts'
import { MARKS_EVERY_MS } from './delivered-marks.ts'

let world: NodeWorld
let node: Node
let olga: Client
let vera: Client
let sessionId: string

async function open(on: Node): Promise<void> {
  node = on
  olga = await world.connect(node, 'olga', 'operator')
  vera = await world.connect(node, 'vera')
  sessionId = await world.chat(vera)
  await world.call(olga, 'session.join', { sessionId })
}

beforeEach(async () => {
  world = new NodeWorld()
  world.operator('olga')
  await open(await world.node())
})

const soon = () => world.clock.pass(2 * MARKS_EVERY_MS)
const markOf = async (userId: string, session = sessionId) => {
  const [read] = await world.store.sessions([session], null)
  return read?.marks.find(mark => mark.userId === userId)
}

describe('delivered', () => {
  it('[P8] is what went before a ping that was answered', async () => {
    await world.write(vera, sessionId)
    await soon()
    expect(olga.pings).toBe(1)
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: 0 })
    olga.pong()
    await soon()
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: 1, readSeq: 0 })
  })

  it('[P8] not what went after it: that waits for the next', async () => {
    await world.write(vera, sessionId)
    await soon()
    await world.write(vera, sessionId)
    olga.pong()
    await soon()
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: 1 })
    expect(olga.pings).toBe(2)
    olga.pong()
    await soon()
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: 2 })
  })

  it('[P8] one ping asks about everything of a quarter of a second', async () => {
    for (let i = 0; i < 20; i++) await world.write(vera, sessionId)
    await soon()
    expect(olga.pings).toBe(1)
  })

  it('[P8] a pong that nobody asked for confirms nothing', async () => {
    await world.write(vera, sessionId)
    olga.pong()
    await soon()
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: 0 })
  })

  it('[P9] is told to the sender', async () => {
    const message = await world.write(vera, sessionId)
    await soon()
    olga.pong()
    await soon()
    expect(vera.all('message.status')).toEqual([
      { messageId: message.id, sessionId, seq: 1, status: 'delivered' },
    ])
    expect(olga.all('message.status')).toEqual([])
  })

  it('[P8] what an answer over a connection shows counts with its pong', async () => {
    olga.leave()
    await world.write(vera, sessionId)
    await world.write(vera, sessionId)
    const again = await world.connect(node, 'olga', 'operator')
    await world.call(again, 'session.sync', { sessions: { [sessionId]: 0 } })
    await soon()
    again.pong()
    await soon()
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: 2 })
  })

  it('[P8] a list over a connection counts with its pong, also without having joined', async () => {
    await world.write(vera, sessionId)
    const phone = await world.connect(node, 'olga', 'operator')
    await world.call(phone, 'message.list', { sessionId })
    await soon()
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: 0 })
    phone.pong()
    await soon()
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: 1 })
  })

  it('[P8] what a request of its own fetches counts at once', async () => {
    await world.write(vera, sessionId)
    await world.request(node, olga.caller, 'message.list', { sessionId })
    await soon()
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: 1 })
  })

  it('[P8] the number that a sync names acknowledges what is up to it', async () => {
    await world.write(vera, sessionId)
    const { seq, change } = await world.write(vera, sessionId)
    olga.leave()
    const again = await world.connect(node, 'olga', 'operator')
    await world.call(again, 'session.sync', { sessions: { [sessionId]: change } })
    await soon()
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: seq })
  })

  it('[P8] but not what comes after it', async () => {
    const { change } = await world.write(vera, sessionId)
    await world.write(vera, sessionId)
    await world.write(vera, sessionId)
    olga.leave()
    const again = await world.connect(node, 'olga', 'operator')
    await world.call(again, 'session.sync', { sessions: { [sessionId]: change } })
    await soon()
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: 1 })
  })

  it('is of no interest for staff who only look', async () => {
    const ada = await world.connect(node, 'ada', 'admin')
    await world.call(ada, 'session.join', { sessionId })
    await world.write(vera, sessionId)
    await soon()
    expect(ada.pings).toBe(0)
  })

  it('is written as soon as the store is back', async () => {
    let down = true
    const store = storeWith(world.store, {
      mark: (...args) => (down ? Promise.reject(new StoreUnavailable('test')) : world.store.mark(...args)),
    })
    world = Object.assign(new NodeWorld(), { store: world.store, clock: world.clock })
    await open(await world.node({}, store))
    await world.write(vera, sessionId)
    await soon()
    olga.pong()
    await world.clock.pass(3000)
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: 0 })
    down = false
    await world.clock.pass(2000)
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: 1 })
  })

  it('[P8] is written one batch after the other, however slow the store', async () => {
    let atOnce = 0
    let most = 0
    const store = storeWith(world.store, {
      mark: async requests => {
        atOnce++
        most = Math.max(most, atOnce)
        await world.clock.sleep(700)
        atOnce--
        return await world.store.mark(requests)
      },
    })
    world = Object.assign(new NodeWorld(), { store: world.store, clock: world.clock })
    await open(await world.node({}, store))
    for (let seq = 1; seq <= 5; seq++) {
      await world.write(vera, sessionId)
      await soon()
      olga.pong()
    }
    await world.clock.pass(20_000)
    expect(most).toBe(1)
    expect(await markOf('olga')).toMatchObject({ deliveredSeq: 5 })
  })
})

describe('read', () => {
  it('[P9] is told to the others and, as a status, to the sender', async () => {
    await world.write(vera, sessionId)
    const { id: messageId } = await world.write(vera, sessionId)
    const answer = await world.call(olga, 'message.read', { messageId })
    expect(answer).toMatchObject({ id: messageId, status: 'read' })
    expect(vera.all('message.read')).toMatchObject([{ messageId, sessionId, userId: 'olga', seq: 2 }])
    expect(vera.all('message.status')).toMatchObject([{ messageId, seq: 2, status: 'read' }])
  })

  it('[P9] is told to the reader’s own devices', async () => {
    const phone = await world.connect(node, 'olga', 'operator')
    await world.call(phone, 'session.join', { sessionId })
    const { id: messageId } = await world.write(vera, sessionId)
    await world.call(phone, 'message.read', { messageId })
    expect(olga.all('message.read')).toMatchObject([{ messageId, sessionId, userId: 'olga', seq: 1 }])
  })

  it('[M13] once more changes nothing and tells nobody', async () => {
    const { id: messageId } = await world.write(vera, sessionId)
    for (let i = 0; i < 2; i++) await world.call(olga, 'message.read', { messageId })
    expect(vera.all('message.read')).toHaveLength(1)
  })

  it('[I5] a message of a session that one may not know is not found', async () => {
    const { id: messageId } = await world.write(vera, sessionId)
    const otto = await world.connect(node, 'otto')
    await expect(world.call(otto, 'message.read', { messageId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(world.call(otto, 'message.read', { messageId: 'nothing' })).rejects.toMatchObject({
      code: 'not_found',
    })
    const ada = await world.connect(node, 'ada', 'admin')
    await expect(world.call(ada, 'message.read', { messageId })).rejects.toMatchObject({ code: 'forbidden' })
  })
})
