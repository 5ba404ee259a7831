import type { WireMessage, WireSession } from '@parley/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Ack, type Ear, useEars } from '../support/ear.ts'
import { ask } from '../support/http.ts'
import { end, type Identity, newAgent, newVisitor, startSession } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'

const KEY = { key: true } as const

interface Synced {
  readonly sessions: Readonly<
    Record<
      string,
      {
        readonly messages: WireMessage[]
        readonly session: WireSession
        readonly upTo: number
        readonly complete: boolean
      }
    >
  >
  readonly unknown: string[]
  readonly others: WireSession[]
  readonly more: boolean
}
interface Watched {
  readonly list: string
  readonly sessions: WireSession[]
}

const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n)

/** `session:sync`, `session:watch` and *Changes* of api.md §6. */
describe.skipIf(!HAS_DATABASE)('changes', () => {
  const at = useServer()
  const open = useEars(at)
  let agent: Identity
  let operator: Ear
  beforeAll(async () => {
    agent = await newAgent(at.server, 'ada', 50)
    operator = await open(agent)
    await operator.call('session:watch', { list: 'mine' })
  })
  const sync = (ear: Ear, sessions: unknown, more = {}) =>
    ear.call<Synced>('session:sync', { sessions, ...more })
  const send = (who: Identity, sessionId: string, message: string) =>
    ask<WireMessage>(at.server, `POST /api/chat/send-message/${sessionId}`, who, { message })

  it('count every change from 1 without a hole, over a disconnect too', async () => {
    const { server } = at
    const visitor = await newVisitor(server)
    const { id, lastChange } = await startSession(server, visitor)
    expect(lastChange, 'the assignment').toBe(1)
    const ear = await open(visitor)
    await sync(ear, { [id]: 0 })
    await ear.call('join_session', { sessionId: id })
    await send(agent, id, 'one')
    await send(visitor, id, 'two')
    await ear.hears('new_message', ({ change }) => change === 3)
    expect(ear.changes(id)).toEqual([2, 3])

    ear.close()
    await send(agent, id, 'three')
    await ask(server, 'POST /api/operators/assign', KEY, { sessionId: id, toQueue: true })
    await ask(server, 'POST /api/operators/assign', KEY, { sessionId: id, operatorId: 'ada' })
    await send(agent, id, 'four')

    const back = await open(visitor)
    const caughtUp = (await sync(back, { [id]: 3 })).sessions[id]
    expect(caughtUp).toMatchObject({ upTo: 7, complete: true, session: { lastChange: 7, lastSeq: 4 } })
    expect(caughtUp?.messages.map(({ message, change }) => [message, change])).toEqual([
      ['three', 4],
      ['four', 7],
    ])
    await back.call('join_session', { sessionId: id })
    await send(visitor, id, 'five')
    await end(server, id, agent)
    const last = await back.hears('session_ended')
    expect([back.changes(id), last.change]).toEqual([[8, 9], 9])
  })

  it('reach a connection that has only synced as events of its own family, or as session:changed', async () => {
    const { server } = at
    const visitor = await newVisitor(server)
    const { id } = await startSession(server, visitor)
    const ear = await open(visitor)
    const all = await sync(ear, {})
    expect(all.others.map(session => session.id)).toEqual([id])
    expect(all.more).toBe(false)
    for (let n = 0; n < 5; n++) await send(n % 2 ? agent : visitor, id, `number ${n}`)
    await end(server, id, visitor)
    await expect.poll(() => ear.changes(id)).toEqual(numbers(2, 7))
  })

  it('are answered in parts: from upTo until complete', async () => {
    const { server } = at
    const visitor = await newVisitor(server)
    const { id } = await startSession(server, visitor)
    for (let n = 1; n <= 7; n++) await send(visitor, id, `number ${n}`)
    const ear = await open(visitor)
    const seen: number[] = []
    for (let [from, complete] = [0, false]; !complete; ) {
      const part = (await sync(ear, { [id]: from }, { limit: 3 })).sessions[id]
      if (!part) throw new Error('the session is not in the answer')
      expect(part.messages.length).toBeLessThanOrEqual(3)
      seen.push(...part.messages.map(({ seq }) => seq))
      expect(part.upTo > from || part.complete).toBe(true)
      from = part.upTo
      complete = part.complete
    }
    expect(seen).toEqual(numbers(1, 7))
    await end(server, id, visitor)
  })

  it('a number beyond the end is answered with where the end is; one that is none is refused', async () => {
    const { server } = at
    const visitor = await newVisitor(server)
    const { id } = await startSession(server, visitor)
    const ear = await open(visitor)
    const beyond = (await sync(ear, { [id]: 999 })).sessions[id]
    expect(beyond).toMatchObject({ messages: [], upTo: 1, complete: true })
    for (const bad of [{ [id]: -1 }, { [id]: 1.5 }, { [id]: '1' }, { [id]: null }, [id], 'x'])
      expect(await sync(ear, bad)).toMatchObject({ ok: false, error: { code: 'validation_failed' } })
    const others = await newVisitor(server)
    const foreign = await startSession(server, others)
    const answer = await sync(ear, { [foreign.id]: 0, 'never-there': 0 })
    expect(answer.sessions).toEqual({})
    expect(answer.unknown.toSorted()).toEqual([foreign.id, 'never-there'].toSorted())
    for (const session of [id, foreign.id]) await end(server, session, KEY)
  })

  it('are told with the marks as they stand, which are not counted', async () => {
    const { server } = at
    const visitor = await newVisitor(server)
    const { id } = await startSession(server, visitor)
    const ear = await open(visitor)
    await sync(ear, { [id]: 0 })
    await operator.call('join_session', { sessionId: id })
    const { data } = (await send(visitor, id, 'Are you there?')).body
    await ear.hears(
      'message:status',
      ({ sessionId, status, seq }) => sessionId === id && status === 'delivered' && seq === 1,
    )
    expect(await operator.call('message:read', { messageId: data.id })).toMatchObject({ ok: true })
    await ear.hears('message:status', ({ sessionId, status }) => sessionId === id && status === 'read')
    await ear.hears(
      'message:read',
      ({ sessionId, userId, seq }) => sessionId === id && userId === 'ada' && seq === 1,
    )
    const { session } = (await sync(ear, { [id]: 2 })).sessions[id] ?? {}
    expect(session).toMatchObject({ lastChange: 2, lastMessage: { status: 'read', readByCount: 1 } })
    expect(session?.marks).toContainEqual({ userId: 'ada', deliveredSeq: 1, readSeq: 1 })
    await end(server, id, KEY)
  })

  it('session:watch: the list as it is, then what comes, changes and goes', async () => {
    const { server } = at
    await ask(server, 'PUT /api/operators/ada/status', KEY, { status: 'busy' })
    const staff = await open(await newAgent(server, 'eve', 0))
    const watch = (list: string): Promise<Ack & Watched> =>
      staff.call<Watched>('session:watch', { list, limit: 50 })
    const there = await startSession(server, await newVisitor(server))
    const queue = await watch('queue')
    expect(queue).toMatchObject({ ok: true, list: 'queue', total: 1 })
    expect(queue.sessions.map(({ id }) => id)).toEqual([there.id])
    for (const list of ['mine', 'active', 'team']) expect(await watch(list)).toMatchObject({ ok: true, list })
    const visitor = await newVisitor(server)
    const come = await startSession(server, visitor)
    await staff.hears(
      'session:listed',
      ({ list, session }) => list === 'queue' && session.id === come.id && session.queuePosition === 2,
    )
    await staff.hears('session:listed', ({ list, session }) => list === 'active' && session.id === come.id)
    await send(visitor, come.id, 'Hello?')
    await staff.hears(
      'session:listed',
      ({ session }) => session.id === come.id && session.lastMessage?.message === 'Hello?',
    )
    await ask(server, 'PUT /api/operators/ada/status', KEY, { status: 'online' })
    await staff.hears('session:unlisted', ({ list, sessionId }) => list === 'queue' && sessionId === come.id)
    await staff.hears(
      'session:listed',
      ({ list, session }) => list === 'active' && session.id === come.id && session.operatorId === 'ada',
    )
    await end(server, come.id, KEY)
    await staff.hears('session:unlisted', ({ list, sessionId }) => list === 'active' && sessionId === come.id)
    await end(server, there.id, KEY)
    const visitorEar = await open(visitor)
    expect(await visitorEar.call('session:watch', { list: 'queue' })).toMatchObject({
      error: { code: 'forbidden' },
    })
  })
})
