import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, NodeWorld } from '../../test/node-world.ts'
import { People } from '../../test/people.ts'
import { storeWith } from '../delivery/announcing-store.ts'
import type { Node } from '../node/node.ts'
import { StoreUnavailable } from '../ports/store.ts'
import { GONE_AFTER_MS } from './comings.ts'
import { DEAD_AFTER_MS } from './heartbeat.ts'

let world: NodeWorld
let here: Node
let there: Node
let people: People
let ana: Client

/** Ana and ben share a group, cy none with anybody; dora is a doctor. */
beforeEach(async () => {
  world = new NodeWorld()
  here = await world.node()
  there = await world.node()
  people = new People(world, here, 'ana', 'ben', 'cy')
  world.store.fixtures.addPerson({ id: 'dora', role: 'doctor' })
  await people.group(['ana', 'ben'])
  ana = await people.connect('ana')
  await world.clock.pass(100)
  ana.got.length = 0
})

const heard = (client: Client) =>
  client.all('presence.changed').map(({ userId, status }) => `${userId} ${status}`)
const soon = () => world.clock.pass(100)

describe('who comes and goes', () => {
  it('[U4] is told at once with the first connection, on whichever node, and not with the next', async () => {
    await people.connect('ben', there)
    await soon()
    expect(heard(ana)).toEqual(['ben online'])
    await people.connect('ben', here)
    await soon()
    expect(heard(ana)).toEqual(['ben online'])
  })

  it('[U4] is told when the last connection has been gone for 2 s', async () => {
    const [first, second] = [await people.connect('ben', there), await people.connect('ben', here)]
    await soon()
    ana.got.length = 0
    first.leave()
    await world.clock.pass(2 * GONE_AFTER_MS)
    expect(heard(ana)).toEqual([])
    second.leave()
    await world.clock.pass(GONE_AFTER_MS - 100)
    expect(heard(ana)).toEqual([])
    await world.clock.pass(200)
    expect(heard(ana)).toEqual(['ben offline'])
    expect(ana.all('presence.changed').at(-1)?.lastSeen).not.toBeNull()
  })

  it('[U4] is not told of one who is back by then, wherever', async () => {
    const ben = await people.connect('ben', there)
    await soon()
    ben.leave()
    await world.clock.pass(1000)
    await people.connect('ben', here)
    await world.clock.pass(2 * GONE_AFTER_MS)
    expect(heard(ana)).not.toContain('ben offline')
  })

  it('[U4] is told of people whose node has died', async () => {
    await people.connect('ben', there)
    await soon()
    world.kill(there)
    await world.clock.pass(DEAD_AFTER_MS + 4000 + GONE_AFTER_MS)
    expect(heard(ana)).toEqual(['ben online', 'ben offline'])
  })

  it('[U1][U4] is told to those who see the person, and to all staff', async () => {
    const [cy, dora] = [await people.connect('cy'), await people.connect('dora', there, 'doctor')]
    await soon()
    for (const { got } of [cy, dora]) got.length = 0
    await people.connect('ben')
    await soon()
    expect(heard(cy)).toEqual([])
    expect(heard(dora)).toEqual(['ben online'])
  })

  it('[U4] of visitors nothing is told', async () => {
    const dora = await people.connect('dora', there, 'doctor')
    await soon()
    dora.got.length = 0
    const vera = await world.connect(here, 'vera')
    await world.start(vera)
    vera.leave()
    await world.clock.pass(2 * GONE_AFTER_MS)
    expect(heard(dora)).toEqual([])
  })

  it('[U3][U4] what one said of itself ends with its last connection', async () => {
    const ben = await people.connect('ben', there)
    await soon()
    await world.call(ben, 'user.set-status', { status: 'away' })
    ben.leave()
    await world.clock.pass(1000)
    await people.connect('ben')
    await soon()
    expect(heard(ana)).toEqual(['ben online', 'ben away', 'ben online'])
  })

  it('[U4] is told as soon as the store is back', async () => {
    let down = false
    const shaky = storeWith(world.store, {
      presence: (...args) =>
        down ? Promise.reject(new StoreUnavailable('test')) : world.store.presence(...args),
    })
    const node = await world.node({}, shaky)
    down = true
    await people.connect('ben', node)
    await world.clock.pass(3000)
    expect(heard(ana)).toEqual([])
    down = false
    await world.clock.pass(1100)
    expect(heard(ana)).toEqual(['ben online'])
  })
})
