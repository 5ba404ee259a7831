import { beforeEach, describe, expect, it } from 'vitest'
import { NodeWorld } from '../../test/node-world.ts'
import type { Node } from '../node/node.ts'
import type { Store } from '../ports/store.ts'
import { SYSTEM } from '../presence/system.ts'
import { storeWith } from './announcing-store.ts'

let world: NodeWorld
let node: Node
beforeEach(async () => {
  world = new NodeWorld()
  world.operator('olga')
  node = await world.node()
})

let stored = 0
const aRequest = () => ({
  id: `message-${++stored}`,
  senderId: 'key',
  senderType: 'system' as const,
  mustTakePart: false,
  anyone: false,
  clientMessageId: null,
  receiverId: null,
  type: 'text' as const,
  file: null,
  replyTo: null,
  forwardedFrom: null,
})

/** A store whose answer to `sessions` comes only when the test lets it. */
function slowSessions(store: Store) {
  let release: () => void = () => undefined
  let slow = false
  const held = () =>
    new Promise<void>(resolve => {
      release = resolve
    })
  const instead: Partial<Store> = {
    sessions: async (...args) => {
      const answer = await store.sessions(...args)
      if (slow) await held()
      return answer
    },
  }
  return {
    store: storeWith(store, instead),
    hold: () => {
      slow = true
    },
    release: () => {
      slow = false
      release()
    },
  }
}

describe('joining', () => {
  it('[D4] what happens while the answer is made follows the answer, in order and once', async () => {
    const gate = slowSessions(world.store)
    const slowNode = await world.node({}, gate.store)
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.chat(vera)
    await world.write(vera, sessionId)
    const late = await world.connect(slowNode, 'vera')
    gate.hold()
    const joining = late.call('session.join', { sessionId })
    await world.clock.pass(100)
    await world.write(vera, sessionId)
    await world.write(vera, sessionId)
    expect(late.wire).toEqual([])
    gate.release()
    expect((await world.clock.until(joining)).messages.map(({ seq }) => seq)).toEqual([1])
    expect(late.wire[0]).toEqual({ name: 'answer' })
    expect(late.changes(sessionId)).toEqual([2, 3])
  })

  it('[D4] after a refusal nothing is heard', async () => {
    const vera = await world.connect(node, 'vera')
    const other = await world.connect(node, 'otto')
    const sessionId = await world.chat(vera)
    await expect(world.call(other, 'session.join', { sessionId })).rejects.toMatchObject({
      code: 'not_found',
    })
    await world.write(vera, sessionId)
    expect(other.got).toEqual([])
  })

  it('[D5] joining again is as the first time: the answer, then only what comes after it', async () => {
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.chat(vera)
    await world.write(vera, sessionId)
    const again = await world.call(vera, 'session.join', { sessionId })
    expect(again.messages).toHaveLength(1)
    await world.write(vera, sessionId)
    expect(vera.changes(sessionId)).toEqual([1, 2])
  })

  it('[D5] answers on one connection are made one after the other', async () => {
    const gate = slowSessions(world.store)
    const slowNode = await world.node({}, gate.store)
    const vera = await world.connect(slowNode, 'vera')
    const sessionId = await world.start(vera)
    gate.hold()
    const first = vera.call('session.sync', { sessions: { [sessionId]: 0 } })
    await world.clock.pass(10)
    const second = vera.call('session.join', { sessionId })
    await world.clock.pass(10)
    await world.write(await world.connect(node, 'vera'), sessionId)
    gate.release()
    await world.clock.until(Promise.all([first, second]))
    expect((await first).sessions[sessionId]?.upTo).toBe(0)
    expect((await second).session.lastChange).toBe(1)
    expect(vera.changes(sessionId)).toEqual([])
  })

  it('[D5] a second answer that fails leaves the first one’s hearing as it was', async () => {
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.chat(vera)
    await expect(
      world.call(vera, 'session.join', { sessionId, userId: 'somebody else' }),
    ).rejects.toMatchObject({ code: 'identity_mismatch' })
    await world.write(vera, sessionId)
    expect(vera.changes(sessionId)).toEqual([1])
  })

  it('[D4] staff may join a session that they take no part in', async () => {
    const vera = await world.connect(node, 'vera')
    const admin = await world.connect(node, 'ada', 'admin')
    const sessionId = await world.start(vera)
    await world.call(admin, 'session.join', { sessionId })
    await world.write(vera, sessionId)
    expect(admin.changes(sessionId)).toEqual([1])
  })

  it('[D6] an operator who loses the session goes on hearing it; a customer whose part moved does not', async () => {
    world.operator('oscar')
    const vera = await world.connect(node, 'vera')
    const olga = await world.connect(node, 'olga', 'operator')
    await world.connect(node, 'oscar', 'operator')
    const sessionId = await world.chat(vera)
    await world.call(olga, 'session.join', { sessionId })
    await world.call(olga, 'operator.assign', { sessionId, operatorId: 'oscar' })
    await world.write(vera, sessionId)
    world.store.fixtures.addPerson({ id: 'uma', role: 'user' })
    const actor = { kind: 'person', id: 'vera', actingFor: null } as const
    await world.clock.until(
      node.turn({ kind: 'identify', visitorId: 'vera', userId: 'uma', name: null, actor, requestId: null }),
    )
    const uma = await world.connect(node, 'uma', 'user')
    await world.call(uma, 'session.join', { sessionId })
    await world.write(uma, sessionId)
    const last = vera.all('participants.changed').at(-1)
    expect(last).toMatchObject({ added: ['uma'], removed: ['vera'] })
    expect(vera.changes(sessionId).at(-1)).toBe(last?.change)
    expect(olga.changes(sessionId).at(-1)).toBe((last?.change ?? 0) + 1)
  })

  it('leaving ends it', async () => {
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.chat(vera)
    await world.call(vera, 'session.leave', { sessionId })
    await world.write(vera, sessionId)
    expect(vera.changes(sessionId)).toEqual([])
  })

  it('[D4] a door that doesn’t say when its answer is out gets the rest a turn of the clock later', async () => {
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.start(vera)
    const context = { caller: vera.caller, connection: vera, requestId: null }
    await world.clock.until(
      node.perform('session.join', context, { sessionId, userId: undefined, userType: undefined }),
    )
    await world.write(vera, sessionId)
    expect(vera.changes(sessionId)).toEqual([])
    await world.clock.pass(1)
    expect(vera.changes(sessionId)).toEqual([1])
  })
})

describe('syncing', () => {
  it('[D9] answers with what is new since the number, and then goes on', async () => {
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.start(vera)
    for (const text of ['a', 'b', 'c']) await world.write(vera, sessionId, text)
    const again = await world.connect(node, 'vera')
    const { sessions } = await world.call(again, 'session.sync', { sessions: { [sessionId]: 1 } })
    expect(sessions[sessionId]).toMatchObject({ upTo: 3, complete: true, session: { lastChange: 3 } })
    expect(sessions[sessionId]?.messages.map(({ text }) => text)).toEqual(['b', 'c'])
    await world.write(vera, sessionId)
    expect(again.changes(sessionId)).toEqual([4])
  })

  it('[D9] more than the limit comes in parts, and is heard from the last part on', async () => {
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.start(vera)
    for (const text of ['a', 'b', 'c']) await world.write(vera, sessionId, text)
    const again = await world.connect(node, 'vera')
    const ask = (from: number) =>
      world.call(again, 'session.sync', { sessions: { [sessionId]: from }, limit: 2 })
    expect((await ask(0)).sessions[sessionId]).toMatchObject({ upTo: 2, complete: false })
    await world.write(vera, sessionId, 'd')
    expect(again.changes(sessionId)).toEqual([])
    expect((await ask(2)).sessions[sessionId]).toMatchObject({ upTo: 4, complete: true })
    await world.write(vera, sessionId, 'e')
    expect(again.changes(sessionId)).toEqual([5])
  })

  it('[D9] an answer has room for so many bytes in all its sessions, and each gets further', async () => {
    const vera = await world.connect(node, 'vera')
    const [first, second] = [await world.start(vera), await world.start(await world.connect(node, 'otto'))]
    const nora = await world.connect(node, 'nora', 'operator')
    const text = '語'.repeat(1000)
    for (const sessionId of [first, second])
      for (let n = 0; n < 100; n++) await world.store.append({ ...aRequest(), sessionId, text })
    const cursors = { [first]: 0, [second]: 0 }
    const isBehind = (id: string) => (cursors[id] ?? 0) < 100
    let answers = 0
    while (isBehind(first) || isBehind(second)) {
      const { sessions } = await world.call(nora, 'session.sync', { sessions: cursors, limit: 500 })
      answers++
      const told = Object.values(sessions).flatMap(({ messages }) => messages)
      expect(new TextEncoder().encode(JSON.stringify(told)).length).toBeLessThan(262_144 + 1000)
      expect(told.length).toBeGreaterThan(0)
      for (const [id, { upTo, complete, messages }] of Object.entries(sessions)) {
        expect(complete).toBe(upTo === 100)
        expect(messages.map(({ change }) => change)).toEqual(
          Array.from({ length: upTo - (cursors[id] ?? 0) }, (_, n) => (cursors[id] ?? 0) + n + 1),
        )
        cursors[id] = upTo
      }
    }
    expect(answers).toBeGreaterThan(2)
  })

  it('[D9] what is larger than the room alone is given alone', async () => {
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.start(vera)
    for (let n = 0; n < 3; n++)
      await world.store.append({ ...aRequest(), sessionId, text: 'x'.repeat(300_000) })
    for (const from of [0, 1, 2]) {
      const { sessions } = await world.call(vera, 'session.sync', { sessions: { [sessionId]: from } })
      expect(sessions[sessionId]).toMatchObject({
        messages: [{ seq: from + 1 }],
        upTo: from + 1,
        complete: from === 2,
      })
    }
  })

  it('[D10] tells of as many others as an answer has room for, and that there are more', async () => {
    const long = '語'.repeat(1000)
    const people = Array.from({ length: 150 }, (_, n) => `member-${n}`)
    for (const [n, other] of people.entries()) {
      const id = `talk-${n}`
      const parts = [{ userId: 'vera' }, { userId: other }]
      world.store.fixtures.addTalk({ id, type: 'private', parts })
      await world.store.append({ ...aRequest(), sessionId: id, text: long })
    }
    const vera = await world.connect(node, 'vera')
    const { others, more } = await world.call(vera, 'session.sync', {})
    expect(others.length).toBeGreaterThan(50)
    expect(others.length).toBeLessThan(100)
    expect(more).toBe(true)
  })

  it('[D9][I9] what one change touched is not parted, and nothing that changes meanwhile is lost', async () => {
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.start(vera)
    for (const text of ['a', 'b', 'c']) await world.write(vera, sessionId, text)
    const nora = await world.connect(node, 'nora', 'operator')
    const becomes = { visitorId: 'vera', userId: 'uma', name: null }
    await world.clock.until(node.turn({ ...SYSTEM, kind: 'identify', ...becomes }))
    const { sessions } = await world.call(nora, 'session.sync', { sessions: { [sessionId]: 1 }, limit: 1 })
    expect(sessions[sessionId]).toMatchObject({ upTo: 4, complete: false })
    expect(sessions[sessionId]?.messages.map(({ seq, senderId }) => [seq, senderId])).toEqual([
      [1, 'uma'],
      [2, 'uma'],
      [3, 'uma'],
    ])
  })

  it('[D9] a number beyond the end is answered with the end', async () => {
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.chat(vera)
    await world.write(vera, sessionId)
    const { sessions } = await world.call(vera, 'session.sync', { sessions: { [sessionId]: 99 } })
    expect(sessions[sessionId]).toMatchObject({ messages: [], upTo: 1, complete: true })
  })

  it('[D10] tells of the sessions that were not named, and of those that may not be known', async () => {
    const vera = await world.connect(node, 'vera')
    const otto = await world.connect(node, 'otto')
    const mine = await world.start(vera)
    const theirs = await world.start(otto)
    const answer = await world.call(vera, 'session.sync', { sessions: { [theirs]: 0, nowhere: 0 } })
    expect(answer).toMatchObject({ sessions: {}, unknown: [theirs, 'nowhere'], more: false })
    expect(answer.others.map(({ id }) => id)).toEqual([mine])
    await world.write(vera, mine)
    await world.write(otto, theirs)
    expect(vera.changes(mine)).toEqual([1])
    expect(vera.changes(theirs)).toEqual([])
  })
})
