import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, NodeWorld } from '../../test/node-world.ts'
import { People } from '../../test/people.ts'
import { storeWith } from '../delivery/announcing-store.ts'
import { GAP_WAIT_MS } from '../delivery/catch-up.ts'
import type { Node } from '../node/node.ts'
import { LOOK_FOR_PARTS_EVERY_MS } from '../node/schedule.ts'
import { SYSTEM } from '../presence/system.ts'

let world: NodeWorld
let here: Node
let there: Node
let people: People

beforeEach(async () => {
  world = new NodeWorld()
  here = await world.node()
  there = await world.node()
  people = new People(world, here, 'ana', 'ben', 'cy')
})

const soon = () => world.clock.pass(2 * GAP_WAIT_MS)
const opened = (client: Client) => client.all('session.opened').map(({ session }) => session.id)
const texts = (client: Client) => client.all('message.created').map(({ message }) => message.text)
const names = (client: Client) =>
  client.got.map(({ name }) => name).filter(name => name !== 'presence.changed')

describe('a session that somebody comes into', () => {
  it('[D17] is shown first, as it is to the reader, and then heard from there on', async () => {
    const ana = await people.inbox('ana')
    const pair = await people.pair('ben', 'ana')
    await people.say(pair, 'ben', 'hi')
    await soon()
    expect(names(ana)).toEqual(['session.opened', 'message.created'])
    expect(ana.all('session.opened')[0]?.session).toMatchObject({ id: pair, type: 'private', unreadCount: 0 })
    expect(ana.changes(pair)).toEqual([1])
  })

  it('[D17] on whichever node, with what was written at once', async () => {
    const ana = await people.inbox('ana', there)
    const group = await people.group(['ben', 'cy'])
    for (const text of ['1', '2']) await people.say(group, 'ben', text)
    await people.add(group, 'ana')
    for (const text of ['4', '5']) await people.say(group, 'ben', text)
    await soon()
    expect(opened(ana)).toEqual([group])
    expect(ana.changes(group)).toEqual([3, 4, 5])
    expect(ana.all('participants.changed')).toMatchObject([{ added: ['ana'], change: 3 }])
  })

  it('[D17] is heard from the change on by which the person came in, though others here heard it before', async () => {
    const group = await people.group(['ben', 'cy'])
    const ben = await people.inbox('ben', there)
    const ana = await people.inbox('ana', there)
    world.bus.loses = ({ kind }) => kind === 'joined'
    await people.add(group, 'ana')
    for (const text of ['a', 'b', 'c']) await people.say(group, 'ben', text)
    expect(ana.changes(group)).toEqual([])
    await world.clock.pass(1.1 * LOOK_FOR_PARTS_EVERY_MS + 2 * GAP_WAIT_MS)
    expect(ana.changes(group)).toEqual([1, 2, 3, 4])
    expect(ben.changes(group)).toEqual([1, 2, 3, 4])
    expect(names(ana)[0]).toBe('session.opened')
  })

  it('[D17] support sessions too: one’s own, and those that an operator is given', async () => {
    world.operator('olga')
    const olga = await world.connect(there, 'olga', 'operator')
    await world.call(olga, 'inbox.open', {})
    const vera = await world.connect(here, 'vera')
    await world.call(vera, 'inbox.open', {})
    const sessionId = await world.start(vera)
    await world.write(vera, sessionId)
    await soon()
    expect([opened(olga), opened(vera)]).toEqual([[sessionId], [sessionId]])
    expect(olga.changes(sessionId)).toEqual([1, 2])
    expect(olga.all('session.assigned')).toHaveLength(1)
    expect(vera.changes(sessionId)).toEqual([1, 2])
  })

  it('[D7][D17] an assignment that the bus has lost is heard once', async () => {
    world.operator('olga')
    const olga = await world.connect(there, 'olga', 'operator')
    await world.call(olga, 'inbox.open', {})
    world.bus.loses = () => true
    const vera = await world.connect(here, 'vera')
    const sessionId = await world.start(vera)
    await world.clock.pass(2 * LOOK_FOR_PARTS_EVERY_MS)
    expect(opened(olga)).toEqual([sessionId])
    expect(olga.changes(sessionId)).toEqual([1])
  })

  it('[I7] what a visitor hands to a user is heard by the user', async () => {
    const vera = await world.connect(here, 'vera')
    await world.call(vera, 'inbox.open', {})
    const sessionId = await world.start(vera)
    const ana = await people.inbox('ana', there)
    const becomes = { visitorId: 'vera', userId: 'ana', name: null }
    await world.clock.until(here.turn({ ...SYSTEM, kind: 'identify', ...becomes }))
    await soon()
    expect(opened(ana)).toEqual([sessionId])
    expect(ana.changes(sessionId)).toEqual([1])
    expect(vera.changes(sessionId)).toEqual([1])
  })

  it('[D18] is found in the store within 5 s when nobody has told of it', async () => {
    const ana = await people.inbox('ana', there)
    world.bus.loses = () => true
    const group = await people.group(['ben', 'ana'])
    await people.say(group, 'ben', 'hi')
    await world.clock.pass(5000)
    expect(opened(ana)).toEqual([group])
    expect(texts(ana)).toEqual(['hi'])
    await world.clock.pass(4 * LOOK_FOR_PARTS_EVERY_MS)
    expect(opened(ana)).toEqual([group])
  })

  it('[D18] at once when the bus is back', async () => {
    const ana = await people.inbox('ana', there)
    world.bus.loses = () => true
    const group = await people.group(['ben', 'ana'])
    world.bus.recover()
    await soon()
    expect(opened(ana)).toEqual([group])
  })

  it('[D5] is not shown before an answer that was made without it', async () => {
    const group = await people.group(['ben'])
    let release: () => void = () => undefined
    const node = await world.node(
      {},
      storeWith(world.store, {
        sessionsOf: async (...args) => {
          const answer = await world.store.sessionsOf(...args)
          await new Promise<void>(resolve => {
            release = resolve
          })
          return answer
        },
      }),
    )
    const ana = await people.inbox('ana', node)
    const syncing = ana.call('session.sync', { sessions: { [group]: 3 } })
    await world.clock.pass(10)
    await people.add(group, 'ana')
    await world.clock.pass(10)
    expect(opened(ana)).toEqual([])
    release()
    expect((await world.clock.until(syncing)).unknown).toEqual([group])
    await soon()
    expect(
      ana.wire
        .map(({ name }) => name)
        .filter(name => name !== 'presence.changed')
        .slice(1),
    ).toEqual(['answer', 'session.opened', 'participants.changed'])
  })

  it('[D5] nor before an answer that is made and not yet written', async () => {
    const group = await people.group(['ben'])
    const ana = await people.inbox('ana')
    const written: (() => void)[] = []
    const afterAnswer = (task: () => void) => written.push(task)
    const context = { caller: ana.caller, connection: ana, requestId: null, afterAnswer }
    const cursors = { sessions: { [group]: 3 }, limit: 100 }
    expect(await world.clock.until(here.perform('session.sync', context, cursors))).toMatchObject({
      unknown: [group],
    })
    await people.add(group, 'ana')
    await world.clock.pass(10)
    expect(opened(ana)).toEqual([])
    for (const task of written) task()
    await soon()
    expect(opened(ana)).toEqual([group])
  })
})
