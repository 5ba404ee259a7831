import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, NodeWorld } from '../../test/node-world.ts'
import { People } from '../../test/people.ts'
import { storeWith } from '../delivery/announcing-store.ts'
import { GAP_WAIT_MS } from '../delivery/catch-up.ts'
import type { Node } from '../node/node.ts'
import { COMPARE_EVERY_MS, LOOK_FOR_PARTS_EVERY_MS } from '../node/schedule.ts'

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

describe('an inbox', () => {
  it('[D17] hears every session of its person from its answer on', async () => {
    const [pair, group] = [await people.pair('ana', 'ben'), await people.group(['ben', 'ana', 'cy'])]
    await people.say(pair, 'ben', 'before')
    const ana = await people.inbox('ana')
    await people.say(pair, 'ben')
    await people.say(group, 'cy')
    expect([ana.changes(pair), ana.changes(group)]).toEqual([[2], [1]])
    expect(opened(ana)).toEqual([])
  })

  it('[D17] misses nothing that happens while it is opened, and hears nothing twice', async () => {
    const group = await people.group(['ana', 'ben'])
    let isSlow = false
    const slow = await world.node(
      {},
      storeWith(world.store, {
        inbox: async (...args) => {
          if (isSlow) await world.clock.sleep(100)
          const answer = await world.store.inbox(...args)
          if (isSlow) await world.clock.sleep(100)
          return answer
        },
      }),
    )
    const ana = await people.connect('ana', slow)
    isSlow = true
    const opening = ana.call('inbox.open', {})
    for (let n = 1; n <= 8; n++) {
      await world.clock.pass(60)
      await people.say(group, 'ben', `${n}`)
    }
    await world.clock.until(opening)
    await soon()
    const heard = ana.changes(group)
    expect(heard.at(-1)).toBe(8)
    expect(heard).toEqual(heard.map((_, n) => 8 - heard.length + 1 + n))
    expect(ana.wire.findIndex(({ name }) => name === 'answer')).toBeLessThan(
      ana.wire.findIndex(({ name }) => name === 'message.created'),
    )
  })

  it('[D17] leaves what it has joined or synced as it was', async () => {
    const group = await people.group(['ana', 'ben'])
    const ana = await people.connect('ana')
    await world.call(ana, 'session.sync', { sessions: { [group]: 0 } })
    await people.say(group, 'ben')
    await world.call(ana, 'inbox.open', {})
    await people.say(group, 'ben')
    await world.call(ana, 'inbox.open', {})
    await people.say(group, 'ben')
    expect(ana.changes(group)).toEqual([1, 2, 3])
  })

  it('[D17] goes on hearing a session whose room it leaves', async () => {
    const group = await people.group(['ana', 'ben'])
    const ana = await people.inbox('ana')
    await world.call(ana, 'session.join', { sessionId: group })
    await world.call(ana, 'session.leave', { sessionId: group })
    await people.say(group, 'ben')
    expect(ana.changes(group)).toEqual([1])
  })

  it('[D17] does not hear what has ended', async () => {
    const ana = await people.connect('ana')
    const ended = await world.start(ana)
    await world.call(ana, 'session.end', { sessionId: ended })
    const again = await people.inbox('ana')
    await world.clock.pass(2 * LOOK_FOR_PARTS_EVERY_MS)
    expect(names(again)).toEqual([])
  })

  it('[D15] leaves nothing behind', async () => {
    const gone = await people.inbox('ana')
    gone.leave()
    await world.clock.pass(0)
    const nothing = JSON.stringify(here.holdings())
    await people.group(['ana', 'ben'])
    const ana = await people.inbox('ana')
    ana.leave()
    await people.group(['ana', 'ben'])
    await world.clock.pass(100)
    expect(JSON.stringify(here.holdings())).toBe(nothing)
  })
})

describe('who is removed', () => {
  it('[G8] hears so, and then nothing more', async () => {
    const group = await people.group(['ben', 'ana', 'cy'])
    const ana = await people.inbox('ana', there)
    await people.remove(group, 'ana')
    await people.say(group, 'ben')
    await world.clock.pass(2 * LOOK_FOR_PARTS_EVERY_MS)
    expect(ana.changes(group)).toEqual([1])
    expect(ana.all('participants.changed')).toMatchObject([{ removed: ['ana'] }])
  })

  it('[D17] and comes back, hears it again from there on', async () => {
    const group = await people.group(['ben', 'ana'])
    const ana = await people.inbox('ana', there)
    await people.remove(group, 'ana')
    await people.say(group, 'ben', 'without ana')
    await people.add(group, 'ana')
    await people.say(group, 'ben', 'with ana')
    await soon()
    expect(ana.changes(group)).toEqual([1, 3, 4])
    expect(opened(ana)).toEqual([group])
  })

  it('[D17] also when this node hears of all of it at once', async () => {
    const group = await people.group(['ben', 'ana'])
    const ana = await people.inbox('ana', there)
    world.bus.loses = ({ kind }) => kind === 'change'
    await people.remove(group, 'ana')
    await people.say(group, 'ben', 'without ana')
    await people.add(group, 'ana')
    await people.say(group, 'ben', 'with ana')
    await world.clock.pass(1.1 * COMPARE_EVERY_MS + 4 * GAP_WAIT_MS)
    expect(ana.changes(group)).toEqual([1, 3, 4])
    expect(texts(ana)).toEqual(['with ana'])
  })

  it('[D20] is shown nothing that was written after it had gone', async () => {
    const group = await people.group(['ben', 'ana'], true)
    const ana = await people.inbox('ana', there)
    world.bus.loses = ({ kind }) => kind === 'change'
    await people.remove(group, 'ana')
    await people.say(group, 'ben', 'a secret')
    await world.clock.pass(1.1 * COMPARE_EVERY_MS + 2 * GAP_WAIT_MS)
    expect(JSON.stringify(ana.got)).not.toContain('a secret')
    expect(ana.changes(group)).toEqual([1])
  })
})
