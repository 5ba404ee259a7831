import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, NodeWorld } from '../../test/node-world.ts'
import { People } from '../../test/people.ts'
import { manyMessages, slowed } from '../../test/waiting-messages.ts'
import { storeWith } from '../delivery/announcing-store.ts'
import { MARKS_EVERY_MS } from '../message/delivered-marks.ts'
import type { Node } from '../node/node.ts'
import { StoreUnavailable } from '../ports/store.ts'
import { BACKLOG_PAGE } from './backlog.ts'

let world: NodeWorld
let node: Node
let people: People

beforeEach(async () => {
  world = new NodeWorld()
  node = await world.node()
  people = new People(world, node, 'ana', 'ben', 'cy')
})

let stored = 0
/** Written past the nodes, as if while nobody was there. */
const store = (sessionId: string, senderId: string, text = 'hello') =>
  world.store.append({
    ...{
      id: `message-${++stored}`,
      sessionId,
      senderId,
      senderType: 'user',
      mustTakePart: true,
      anyone: false,
    },
    ...{ clientMessageId: null, receiverId: null, text, type: 'text', file: null },
    ...{ replyTo: null, forwardedFrom: null },
  })
async function fill(sessionId: string, count: number, senderId = 'ben'): Promise<void> {
  for (let n = 1; n <= count; n++) await store(sessionId, senderId, `${n}`)
}

const seqs = (client: Client, sessionId: string) =>
  client
    .all('message.created')
    .flatMap(({ message }) => (message.sessionId === sessionId ? [message.seq] : []))
const upTo = (count: number, from = 1) => Array.from({ length: count - from + 1 }, (_, n) => from + n)
const soon = () => world.clock.pass(2 * MARKS_EVERY_MS)
const deliveredTo = async (sessionId: string, userId = 'ana') =>
  (await world.store.inbox(userId, { kind: 'some', sessionIds: [sessionId] }))[0]?.deliveredSeq

/** Answers each ping, until none comes any more. */
async function pongAll(client: Client): Promise<number> {
  let pongs = 0
  for (let quiet = 0; quiet < 3; quiet++) {
    await world.clock.pass(MARKS_EVERY_MS)
    for (; pongs < client.pings; quiet = 0) {
      pongs++
      client.pong()
      await world.clock.pass(1)
    }
  }
  return pongs
}

describe('the backlog of an inbox', () => {
  it('[D19] is what others wrote beyond the delivered mark, oldest first', async () => {
    const pair = await people.pair('ana', 'ben')
    await fill(pair, 2)
    await store(pair, 'ana', 'my own')
    await fill(pair, 3)
    const ana = await people.inbox('ana', node, true)
    await world.clock.pass(0)
    expect(seqs(ana, pair)).toEqual([4, 5, 6])
    await pongAll(ana)
    expect(await deliveredTo(pair)).toBe(6)
    const again = await people.inbox('ana', node, true)
    await soon()
    expect(seqs(again, pair)).toEqual([])
  })

  it('[D19] shows recalled messages as tombstones', async () => {
    const pair = await people.pair('ana', 'ben')
    await fill(pair, 2)
    await world.store.recall({
      messageId: `message-${stored}`,
      senderId: 'ben',
      byId: 'ben',
      withinMs: null,
      audit: null,
    })
    const ana = await people.inbox('ana', node, true)
    await world.clock.pass(0)
    expect(ana.all('message.created').map(({ message }) => [message.seq, message.recalled])).toEqual([
      [1, false],
      [2, true],
    ])
  })

  it('[D19] comes 200 at a time over all sessions, the next when the pong to the last has come', async () => {
    const [pair, group] = [await people.pair('ana', 'ben'), await people.group(['cy', 'ana'])]
    await fill(pair, 150)
    await fill(group, 300, 'cy')
    const ana = await people.inbox('ana', node, true)
    await soon()
    const counts = [ana.all('message.created').length]
    for (let pong = 1; pong <= 2; pong++) {
      ana.pong()
      await world.clock.pass(10)
      counts.push(ana.all('message.created').length)
    }
    expect(counts).toEqual([BACKLOG_PAGE, 2 * BACKLOG_PAGE, 450])
    expect([seqs(ana, pair), seqs(ana, group)]).toEqual([upTo(150), upTo(300)])
  })

  it('[D19] a pong to an earlier ping does not count', async () => {
    const [pair, group] = [await people.pair('ana', 'ben'), await people.group(['cy', 'ana'])]
    const ana = await people.connect('ana')
    await world.call(ana, 'session.join', { sessionId: group })
    await people.say(group, 'cy')
    await soon()
    expect(ana.pings).toBe(1)
    await fill(pair, 500)
    await world.clock.until(node.openInbox(ana, { backlog: true }))
    await soon()
    ana.pong()
    await soon()
    expect(seqs(ana, pair)).toEqual(upTo(BACKLOG_PAGE))
    expect(ana.pings).toBe(2)
    ana.pong()
    await soon()
    expect(seqs(ana, pair)).toEqual(upTo(2 * BACKLOG_PAGE))
  })

  it('[D19] sends a silent receiver nothing more, and marks nothing', async () => {
    const pair = await people.pair('ana', 'ben')
    await fill(pair, 500)
    let reads = 0
    const counting = await world.node(
      {},
      storeWith(world.store, {
        messages: (...args) => {
          reads++
          return world.store.messages(...args)
        },
      }),
    )
    const ana = await people.inbox('ana', counting, true)
    await world.clock.pass(60_000)
    expect(seqs(ana, pair)).toEqual(upTo(BACKLOG_PAGE))
    expect(reads).toBe(1)
    expect(await deliveredTo(pair)).toBe(0)
    const again = await people.inbox('ana', node, true)
    await world.clock.pass(0)
    expect(seqs(again, pair)).toEqual(upTo(BACKLOG_PAGE))
  })

  it('[D19] goes on where it stopped, on the next connection', async () => {
    const pair = await people.pair('ana', 'ben')
    await fill(pair, 500)
    const ana = await people.inbox('ana', node, true)
    await soon()
    ana.pong()
    await soon()
    ana.leave()
    const again = await people.inbox('ana', node, true)
    await pongAll(again)
    expect(seqs(again, pair)).toEqual(upTo(500, BACKLOG_PAGE + 1))
  })

  it('[D19] what happens live in a session follows its backlog; in others it does not wait', async () => {
    const [pair, group] = [await people.pair('ana', 'ben'), await people.group(['cy', 'ana'])]
    await fill(pair, 450)
    const ana = await people.inbox('ana', node, true)
    await soon()
    await people.say(pair, 'ben', 'live')
    await people.say(group, 'cy', 'live')
    await soon()
    expect([seqs(ana, pair), seqs(ana, group)]).toEqual([upTo(BACKLOG_PAGE), [1]])
    await pongAll(ana)
    await people.say(pair, 'ben', 'live')
    expect(seqs(ana, pair)).toEqual(upTo(452))
  })

  it('[D19] who writes while its backlog comes loses nothing of it', async () => {
    const pair = await people.pair('ana', 'ben')
    await fill(pair, 450)
    const ana = await people.inbox('ana', node, true)
    await soon()
    await world.write(ana, pair, 'mine')
    expect(await deliveredTo(pair)).toBe(451)
    await pongAll(ana)
    expect(seqs(ana, pair)).toEqual(upTo(450))
    await people.say(pair, 'ben')
    expect(seqs(ana, pair).at(-1)).toBe(452)
  })

  it('[D19] whatever is written at whatever moment comes once and in order', async () => {
    const pair = await people.pair('ana', 'ben')
    const slow = await world.node({}, slowed(world.store, world.clock, 30))
    for (const waiting of [0, 1, 199, 200, 201, 390]) {
      const before = (await deliveredTo(pair)) ?? 0
      await fill(pair, waiting)
      const ana = await people.connect('ana', slow)
      const opening = slow.openInbox(ana, { backlog: true })
      for (let n = 0; n < 30; n++) {
        await world.clock.pass(17)
        await people.say(pair, 'ben', 'live')
        if (ana.pings > n) ana.pong()
      }
      await world.clock.until(opening)
      await pongAll(ana)
      await world.clock.pass(3000)
      expect(seqs(ana, pair)).toEqual(upTo(before + waiting + 30, before + 1))
      await pongAll(ana)
      ana.leave()
    }
  })

  it('[D19][G7] has nothing of the time when its person was not there', async () => {
    const group = await people.group(['cy', 'ana'])
    await fill(group, 450, 'cy')
    const ana = await people.inbox('ana', node, true)
    await soon()
    await people.remove(group, 'ana')
    await people.say(group, 'cy', 'without ana')
    await people.add(group, 'ana')
    await people.say(group, 'cy', 'with ana')
    await pongAll(ana)
    expect(seqs(ana, group)).toEqual([...upTo(BACKLOG_PAGE), 452])
    await people.remove(group, 'ana')
    await people.say(group, 'cy')
    expect(seqs(ana, group).at(-1)).toBe(452)
  })

  it('[D19] of one who is removed before its turn comes nothing', async () => {
    const group = await people.group(['cy', 'ana'])
    await fill(group, 450, 'cy')
    const ana = await people.inbox('ana', node, true)
    await soon()
    await people.remove(group, 'ana')
    await pongAll(ana)
    expect(seqs(ana, group)).toEqual(upTo(BACKLOG_PAGE))
    expect(node.holdings()).toMatchObject({ sessions: 0 })
  })

  it('[D19] of an ended session comes too', async () => {
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.start(vera)
    vera.leave()
    await people.say(sessionId, 'ben', 'good bye')
    const end = { kind: 'end', sessionId, reason: null, requestId: null } as const
    await world.clock.until(node.turn({ ...end, actor: { kind: 'system', id: null, actingFor: null } }))
    const again = await world.connect(node, 'vera')
    await world.clock.until(node.openInbox(again, { backlog: true }))
    await world.clock.pass(0)
    expect(again.all('message.created').map(({ message }) => message.text)).toEqual(['good bye'])
  })

  it('[D19] goes on when the store is back', async () => {
    const pair = await people.pair('ana', 'ben')
    await fill(pair, 300)
    let down = false
    const shaky = storeWith(world.store, {
      messages: (...args) =>
        down ? Promise.reject(new StoreUnavailable('test')) : world.store.messages(...args),
    })
    const ana = await people.inbox('ana', await world.node({}, shaky), true)
    await soon()
    down = true
    ana.pong()
    await world.clock.pass(5000)
    expect(seqs(ana, pair)).toEqual(upTo(BACKLOG_PAGE))
    down = false
    await world.clock.pass(1000)
    await pongAll(ana)
    expect(seqs(ana, pair)).toEqual(upTo(300))
  })

  it('[D19] is not repeated by what a sync has shown meanwhile', async () => {
    const [pair, group] = [await people.pair('ana', 'ben'), await people.group(['cy', 'ana'])]
    await fill(pair, 250)
    await fill(group, 100, 'cy')
    const ana = await people.inbox('ana', node, true)
    await soon()
    const { sessions } = await world.call(ana, 'session.sync', { sessions: { [group]: 60 }, limit: 500 })
    expect(sessions[group]?.messages).toHaveLength(40)
    await people.say(group, 'cy')
    await pongAll(ana)
    expect(seqs(ana, pair)).toEqual(upTo(250))
    expect(seqs(ana, group)).toEqual([101])
  })

  it('[D15] takes everything of it along when its connection goes', async () => {
    const pair = await people.pair('ana', 'ben')
    await fill(pair, 500)
    const ana = await people.inbox('ana', node, true)
    await soon()
    ana.leave()
    await world.clock.pass(5000)
    expect(node.holdings()).toMatchObject({
      sessions: 0,
      connections: 0,
      inboxes: 0,
      marks: 0,
      answersDue: 0,
    })
  })

  it('[D19] 100,000 messages in many sessions are never more than 200 in memory, and nobody else waits', {
    timeout: 60_000,
  }, async () => {
    const waiting = manyMessages(world.store, 100, 1000)
    const big = await world.node({}, waiting.store)
    const others = Array.from({ length: 20 }, (_, n) => `other-${n}`)
    const ana = await people.inbox('ana', big, true)
    const ben = await people.inbox('ben', big)
    const pair = await people.pair('ben', 'cy')
    let pongs = 0
    for (; waiting.given() < 100_000; pongs++) {
      expect(waiting.atOnce()).toBeLessThanOrEqual(BACKLOG_PAGE)
      expect(waiting.given()).toBeLessThanOrEqual((pongs + 1) * BACKLOG_PAGE)
      if (pongs < others.length) {
        await people.say(pair, 'cy', others[pongs], big)
        expect(ben.all('message.created').at(-1)?.message.text).toBe(others[pongs])
      }
      ana.got.length = 0
      ana.pong()
      await world.clock.pass(1)
    }
    expect(pongs).toBeLessThanOrEqual(500)
    expect(waiting.reads()).toBeLessThan(1000)
  })
})
