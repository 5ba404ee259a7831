import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, NodeWorld } from '../../test/node-world.ts'
import type { Node } from '../node/node.ts'
import { HEAL_LISTS_EVERY_MS } from '../node/schedule.ts'
import { LISTS_EVERY_MS } from './lists.ts'
import { POSITION_EVERY_MS } from './queue-positions.ts'

let world: NodeWorld
let node: Node
let olga: Client
beforeEach(async () => {
  world = new NodeWorld()
  world.operator('olga', 1)
  node = await world.node()
  olga = await world.connect(node, 'olga', 'operator')
})

const someoneStarts = async (userId: string, on = node) => {
  const client = await world.connect(on, userId)
  return { client, sessionId: await world.start(client) }
}
const soon = () => world.clock.pass(2 * LISTS_EVERY_MS)
const listed = (client: Client) => client.all('session.listed').map(({ list, session }) => [list, session.id])

describe('a watched list', () => {
  it('[D11] is the answer as it is', async () => {
    const { sessionId } = await someoneStarts('vera')
    const second = await someoneStarts('uma')
    expect(await world.call(olga, 'session.watch', { list: 'mine' })).toMatchObject({
      sessions: [{ id: sessionId }],
      total: 1,
    })
    expect(await world.call(olga, 'session.watch', { list: 'queue' })).toMatchObject({
      sessions: [{ id: second.sessionId, queuePosition: 1 }],
    })
  })

  it('[D11] tells what comes to it and what leaves it', async () => {
    await world.call(olga, 'session.watch', { list: 'mine' })
    await world.call(olga, 'session.watch', { list: 'queue' })
    const first = await someoneStarts('vera')
    const second = await someoneStarts('uma')
    await soon()
    expect(listed(olga)).toEqual([
      ['mine', first.sessionId],
      ['queue', second.sessionId],
    ])
    await world.call(first.client, 'session.end', { sessionId: first.sessionId })
    await soon()
    expect(olga.all('session.unlisted')).toEqual([
      { list: 'mine', sessionId: first.sessionId },
      { list: 'queue', sessionId: second.sessionId },
    ])
    expect(listed(olga).at(-1)).toEqual(['mine', second.sessionId])
  })

  it('[D11] tells of a new message, with the watcher’s own unread count, and nothing twice', async () => {
    await world.call(olga, 'session.watch', { list: 'mine' })
    const { client, sessionId } = await someoneStarts('vera')
    await soon()
    await world.write(client, sessionId, 'help')
    await soon()
    expect(olga.all('session.listed').at(-1)?.session).toMatchObject({
      unreadCount: 1,
      lastMessage: { text: 'help' },
    })
    const told = olga.got.length
    node.listsChanged([])
    await world.clock.pass(2 * HEAL_LISTS_EVERY_MS)
    expect(olga.got.length).toBe(told)
  })

  it('[D11] tells all who move up in the queue', async () => {
    const first = await someoneStarts('vera')
    const waiting = [await someoneStarts('uma'), await someoneStarts('otto'), await someoneStarts('ines')]
    await world.call(olga, 'session.watch', { list: 'queue' })
    await world.call(first.client, 'session.end', { sessionId: first.sessionId })
    await soon()
    const positions = olga.all('session.listed').map(({ session }) => [session.id, session.queuePosition])
    expect(positions).toEqual([
      [waiting[1]?.sessionId, 1],
      [waiting[2]?.sessionId, 2],
    ])
  })

  it('[D11] shows up to its limit, and besides them what comes or changes', async () => {
    await someoneStarts('vera')
    const waiting: string[] = []
    for (const userId of ['a', 'b', 'c', 'd']) waiting.push((await someoneStarts(userId)).sessionId)
    await world.call(olga, 'session.watch', { list: 'queue', limit: 2 })
    await world.clock.pass(2 * HEAL_LISTS_EVERY_MS)
    expect(listed(olga)).toEqual([])
    const [mine] = (await world.call(olga, 'session.watch', { list: 'mine' })).sessions
    await world.call(olga, 'session.end', { sessionId: mine?.id ?? '' })
    await soon()
    const queue = olga.all('session.listed').filter(({ list }) => list === 'queue')
    expect(queue.map(({ session }) => [session.id, session.queuePosition])).toEqual([
      [waiting[1], 1],
      [waiting[2], 2],
    ])
  })

  it('[D11] tells of what its person has read elsewhere', async () => {
    const { client, sessionId } = await someoneStarts('vera')
    const { id: messageId } = await world.write(client, sessionId)
    await world.call(olga, 'session.watch', { list: 'mine' })
    const phone = await world.connect(node, 'olga', 'operator')
    await world.call(phone, 'message.read', { messageId })
    await soon()
    expect(olga.all('session.listed').at(-1)?.session).toMatchObject({ id: sessionId, unreadCount: 0 })
  })

  it('[D11] what changes while the answer is due is told after it', async () => {
    const watching = olga.call('session.watch', { list: 'mine' })
    const { sessionId } = await someoneStarts('vera')
    await world.clock.until(watching)
    await soon()
    const names = olga.wire.map(({ name }) => name)
    expect(names.indexOf('session.listed')).toBeGreaterThan(names.indexOf('answer'))
    expect(listed(olga)).toEqual([['mine', sessionId]])
  })

  it('[D11] ends with session.unwatch', async () => {
    await world.call(olga, 'session.watch', { list: 'mine' })
    await world.call(olga, 'session.unwatch', { list: 'mine' })
    await someoneStarts('vera')
    await soon()
    expect(listed(olga)).toEqual([])
  })

  it('[D12] finds by itself what the bus has lost', async () => {
    const other = await world.node()
    await world.call(olga, 'session.watch', { list: 'active' })
    world.bus.loses = () => true
    const { sessionId } = await someoneStarts('vera', other)
    await soon()
    expect(listed(olga)).toEqual([])
    await world.clock.pass(HEAL_LISTS_EVERY_MS * 1.1)
    expect(listed(olga)).toEqual([['active', sessionId]])
  })

  it('[D13] tells watchers of operators who look different', async () => {
    await world.call(olga, 'session.watch', { list: 'mine' })
    const { sessionId } = await someoneStarts('vera')
    await soon()
    expect(olga.all('operator.changed').at(-1)?.operator).toMatchObject({ id: 'olga', activeSessions: 1 })
    const told = olga.all('operator.changed').length
    node.listsChanged(['olga'])
    await soon()
    expect(olga.all('operator.changed')).toHaveLength(told)
    await world.call(olga, 'session.end', { sessionId })
    await soon()
    expect(olga.all('operator.changed').at(-1)?.operator).toMatchObject({ activeSessions: 0 })
  })

  it('is for staff', async () => {
    const vera = await world.connect(node, 'vera')
    await expect(world.call(vera, 'session.watch', { list: 'mine' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('the place in the queue', () => {
  it('[D14] is told to a waiting customer who listens, when it is another one', async () => {
    const first = await someoneStarts('vera')
    const next = await someoneStarts('uma')
    const last = await someoneStarts('otto')
    await world.call(last.client, 'session.join', { sessionId: last.sessionId })
    await world.clock.pass(POSITION_EVERY_MS)
    expect(last.client.all('queue.position')).toEqual([])
    await world.call(first.client, 'session.end', { sessionId: first.sessionId })
    await soon()
    expect(last.client.all('queue.position')).toMatchObject([{ sessionId: last.sessionId, position: 1 }])
    expect(next.client.all('queue.position')).toEqual([])
  })

  it('[D14] is told at most once a second, and then the latest', async () => {
    const ahead: Awaited<ReturnType<typeof someoneStarts>>[] = []
    for (const userId of ['a', 'b', 'c', 'd']) ahead.push(await someoneStarts(userId))
    const last = await someoneStarts('vera')
    await world.call(last.client, 'session.join', { sessionId: last.sessionId })
    for (const { client, sessionId } of ahead.slice(0, 3)) {
      await world.call(client, 'session.end', { sessionId })
      await soon()
    }
    expect(last.client.all('queue.position').map(({ position }) => position)).toEqual([3])
    await world.clock.pass(POSITION_EVERY_MS)
    expect(last.client.all('queue.position').map(({ position }) => position)).toEqual([3, 1])
  })
})
