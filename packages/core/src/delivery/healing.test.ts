import type { Happening } from '@parley/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, NodeWorld } from '../../test/node-world.ts'
import type { Node } from '../node/node.ts'
import { COMPARE_EVERY_MS } from '../node/schedule.ts'
import type { AppendRequest } from '../ports/store/message-store.ts'
import { StoreUnavailable } from '../ports/store.ts'
import { storeWith } from './announcing-store.ts'
import { GAP_WAIT_MS } from './catch-up.ts'

let world: NodeWorld
let here: Node
let there: Node
let vera: Client
let olga: Client
let sessionId: string

/** Vera's node is not olga's, and olga has joined. */
beforeEach(async () => {
  world = new NodeWorld()
  world.operator('olga')
  here = await world.node()
  there = await world.node()
  olga = await world.connect(there, 'olga', 'operator')
  vera = await world.connect(here, 'vera')
  sessionId = await world.chat(vera)
  await world.call(olga, 'session.join', { sessionId })
  for (const { got } of [vera, olga]) got.length = 0
})

const isChange = (change: number) => (message: { kind: string; change?: number }) =>
  message.kind === 'change' && message.change === change

describe('what the bus loses', () => {
  it('[D2] a hole is filled from the store a moment after the next event', async () => {
    world.bus.loses = isChange(2)
    await world.write(vera, sessionId)
    await world.write(vera, sessionId)
    expect(olga.changes(sessionId)).toEqual([])
    await world.clock.pass(GAP_WAIT_MS)
    expect(olga.changes(sessionId)).toEqual([2, 3])
  })

  it('[D2] of hundreds of lost changes each is read, page by page', async () => {
    world.bus.loses = ({ kind }) => kind === 'change'
    for (let i = 0; i < 450; i++) await world.write(vera, sessionId)
    world.bus.loses = () => false
    await world.write(vera, sessionId)
    await world.clock.pass(GAP_WAIT_MS)
    expect(olga.changes(sessionId)).toEqual(Array.from({ length: 451 }, (_, i) => i + 2))
  })

  it('[D3] a lost last event is found by the next comparison', async () => {
    world.bus.loses = ({ kind }) => kind === 'change'
    await world.write(vera, sessionId)
    await world.clock.pass(COMPARE_EVERY_MS * 1.1 + GAP_WAIT_MS)
    expect(olga.changes(sessionId)).toEqual([2])
  })

  it('[D3] and at once when the bus is back', async () => {
    world.bus.loses = ({ kind }) => kind === 'change'
    await world.write(vera, sessionId)
    world.bus.recover()
    await world.clock.pass(GAP_WAIT_MS)
    expect(olga.changes(sessionId)).toEqual([2])
  })

  it('[D3] every kind of change is told from the store as it would have been live', async () => {
    world.operator('oscar')
    const oscar = await world.connect(here, 'oscar', 'operator')
    world.bus.loses = ({ kind }) => kind === 'change'
    await world.call(olga, 'operator.assign', { sessionId, operatorId: 'oscar' })
    await world.call(oscar, 'operator.assign', { sessionId, toQueue: true })
    await world.call(vera, 'session.end', { sessionId, reason: 'done' })
    world.bus.recover()
    await world.clock.pass(GAP_WAIT_MS)
    const told = ({ got }: Client) => got.filter(({ data }) => 'change' in data)
    const facts = ({ name, data }: Happening) => {
      const {
        session: _,
        position: __,
        endedAt: ___,
        ...rest
      } = { position: 0, endedAt: '', session: null, ...data }
      return [name, rest]
    }
    // Each of them heard some of it live and the rest from the store.
    expect(told(vera)).toHaveLength(4)
    expect(told(vera).map(facts)).toEqual(told(olga).map(facts))
  })

  it('[D1] a repeat is dropped', async () => {
    await world.write(vera, sessionId)
    const said = world.bus.said.find(isChange(2))
    if (said) world.bus.repeat(said)
    expect(olga.changes(sessionId)).toEqual([2])
    expect(vera.changes(sessionId)).toEqual([2])
  })
})

describe('what the store refuses', () => {
  it('[D3] an event that could not be made is told by the next comparison', async () => {
    let down = false
    const store = storeWith(world.store, {
      sessions: (...args) =>
        down ? Promise.reject(new StoreUnavailable('test')) : world.store.sessions(...args),
    })
    const shaky = await world.node({}, store)
    const uma = await world.connect(shaky, 'uma')
    const session = await world.chat(uma)
    const ada = await world.connect(shaky, 'ada', 'admin')
    down = true
    const end = { kind: 'end', sessionId: session, reason: null } as const
    const actor = { kind: 'person', id: 'ada', actingFor: null } as const
    await world.clock.until(shaky.turn({ ...end, actor, requestId: null }))
    await world.clock.pass(GAP_WAIT_MS)
    expect(uma.all('session.ended')).toEqual([])
    expect(world.problems).toContain('telling of a change')
    down = false
    await world.clock.pass(COMPARE_EVERY_MS * 1.1 + GAP_WAIT_MS)
    expect(uma.all('session.ended')).toHaveLength(1)
    ada.leave()
  })

  it('[D3] a repeated send that finds its message stored shows it here, though nobody has told of it', async () => {
    const request: AppendRequest = {
      id: 'm1',
      sessionId,
      senderId: 'vera',
      senderType: 'user',
      mustTakePart: true,
      anyone: false,
      clientMessageId: 'k1',
      receiverId: null,
      text: 'hi',
      type: 'text',
      file: null,
      replyTo: null,
      forwardedFrom: null,
    }
    await world.clock.until(world.store.append(request))
    expect(vera.changes(sessionId)).toEqual([])
    await world.call(vera, 'message.send', { sessionId, text: 'hi', clientMessageId: 'k1' })
    await world.clock.pass(GAP_WAIT_MS)
    expect(vera.changes(sessionId)).toEqual([2])
  })
})

describe('assignments', () => {
  it('[D7] go to all connections of the operator, once, without a join', async () => {
    const phone = await world.connect(here, 'olga', 'operator')
    const uma = await world.connect(here, 'uma')
    const session = await world.start(uma)
    await world.clock.pass(0)
    for (const connection of [phone, olga])
      expect(connection.all('session.assigned').map(event => event.sessionId)).toEqual([session])
    for (const said of world.bus.said.filter(message => message.kind === 'change')) world.bus.repeat(said)
    expect(phone.all('session.assigned')).toHaveLength(1)
  })

  it('[D7] that the bus has lost are found in the store', async () => {
    world.bus.loses = ({ kind }) => kind === 'change'
    const uma = await world.connect(here, 'uma')
    const session = await world.start(uma)
    await world.clock.pass(0)
    expect(olga.all('session.assigned')).toEqual([])
    await world.clock.pass(COMPARE_EVERY_MS * 1.1)
    expect(olga.all('session.assigned')).toMatchObject([{ sessionId: session, change: 1 }])
    await world.clock.pass(4 * COMPARE_EVERY_MS)
    expect(olga.all('session.assigned')).toHaveLength(1)
  })

  it('[D7] that were there before the connection are not news', async () => {
    olga.leave()
    await world.clock.pass(100)
    const again = await world.connect(there, 'olga', 'operator')
    await world.clock.pass(4 * COMPARE_EVERY_MS)
    expect(again.all('session.assigned')).toEqual([])
  })
})
