import { CHAT_CALLS, SUPPORT_CALLS, type WireSession } from '@parley/contracts'
import { operationExamples, payloadFor } from '@parley/contracts/examples'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ear, useEars } from '../support/ear.ts'
import { ask } from '../support/http.ts'
import { end, type Identity, newAgent, newVisitor, startSession } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'

const CALLS = [...SUPPORT_CALLS, ...CHAT_CALLS]
const bad = CALLS.flatMap(call =>
  operationExamples[call.operation].invalid.map(({ payload, at }, n) => ({
    name: `${call.event} #${n} (${at})`,
    event: call.event,
    payload: payloadFor(call, payload as object),
  })),
)
/** No payload that any event takes. */
const NONSENSE: readonly unknown[] = [
  7,
  true,
  'x',
  '',
  [],
  [[]],
  Buffer.from('x'),
  nested(40),
  { sessionId: nested(40) },
]

function nested(levels: number): object {
  return levels === 0 ? {} : { a: nested(levels - 1) }
}

describe.skipIf(!HAS_DATABASE)('bad input over Socket.IO', () => {
  const at = useServer()
  const open = useEars(at)
  let visitor: Identity
  let session: WireSession
  let foreign: WireSession
  let staff: Ear
  let ear: Ear
  /** Somebody else, who must not notice anything. */
  let bystander: Ear
  let before: Readonly<Record<string, string>>
  beforeAll(async () => {
    const { server } = at
    visitor = await newVisitor(server)
    session = await startSession(server, visitor)
    await ask(server, `POST /api/chat/send-message/${session.id}`, visitor, { message: 'Hi' })
    const other = await newVisitor(server)
    foreign = await startSession(server, other)
    const agent = await newAgent(server, 'ada', 0)
    staff = await open(agent)
    ear = await open(visitor)
    bystander = await open(other)
    await bystander.call('join_session', { sessionId: foreign.id })
    before = await server.database.contents()
  })
  afterAll(async () => {
    const { server } = at
    expect(await server.database.contents()).toEqual(before)
    expect(bystander.socket.connected).toBe(true)
    expect(bystander.all('error')).toEqual([])
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
    expect(server.output()).not.toMatch(/"level":"(error|fatal)"/)
  })
  const speaker = (event: string) => (event === 'session:watch' || event === 'session:unwatch' ? staff : ear)

  it.each(bad)('$name is answered with what is wrong', async ({ event, payload }) => {
    const answer = await speaker(event).call(event, payload)
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', message: expect.any(String) },
    })
  })

  it.each(CALLS)(
    '$event: nonsense of every kind is answered, and the connection stays',
    async ({ event, scalar }) => {
      const one = speaker(event)
      // Where a bare id may stand for an object, a text is one.
      const nonsense = NONSENSE.filter(payload => scalar !== 'userId' || payload !== 'x')
      for (const payload of nonsense)
        expect(await one.call(event, payload), JSON.stringify(payload)).toMatchObject({
          ok: false,
          error: { code: 'validation_failed' },
        })
      expect(await one.call(event, {}, {})).toMatchObject({ ok: false, error: { code: 'validation_failed' } })
      expect(one.socket.connected).toBe(true)
    },
  )

  it.each(CALLS)('$event: without a callback the failure comes as an event', async ({ event }) => {
    const one = speaker(event)
    one.socket.emit(event, ['nonsense'])
    const told = await one.hears('error', error => error.event === event)
    expect(told).toMatchObject({ code: 'validation_failed', message: expect.any(String) })
  })

  it('an event that is none of ours is answered too', async () => {
    for (const event of ['no_such_event', 'constructor', '__proto__', 'toString'])
      expect(await ear.call(event, {}), event).toMatchObject({ ok: false })
    ear.socket.emit('never_heard_of', {})
    await ear.hears('error', error => error.event === 'never_heard_of')
  })

  it('sessions and messages of others are not there', async () => {
    for (const event of ['join_session', 'send_message', 'typing_start', 'typing_stop'])
      expect(await ear.call(event, { sessionId: foreign.id, message: 'x' }), event).toMatchObject({
        error: { code: 'not_found' },
      })
    expect(await ear.call('message:read', { messageId: foreign.id })).toMatchObject({
      error: { code: 'not_found' },
    })
    expect(await ear.call('session:watch', { list: 'queue' })).toMatchObject({ error: { code: 'forbidden' } })
  })

  it('a message over 64 KiB ends the connection that sent it, and no other', async () => {
    const hasty = await open(visitor)
    const ended = new Promise(resolve => hasty.socket.once('disconnect', resolve))
    hasty.socket.io.reconnection(false)
    hasty.socket.emit('send_message', { sessionId: session.id, message: 'x'.repeat(70_000) })
    await ended
    expect(ear.socket.connected).toBe(true)
  })
})

describe.skipIf(!HAS_DATABASE)('a session that has ended, over Socket.IO', () => {
  const at = useServer()
  const open = useEars(at)

  it('takes no word, can still be read, and stores nothing', async () => {
    const { server } = at
    const visitor = await newVisitor(server)
    const { id } = await startSession(server, visitor)
    const ear = await open(visitor)
    await ear.call('join_session', { sessionId: id })
    await end(server, id, visitor)
    await ear.hears('session_ended')
    const before = await server.database.contents()
    expect(await ear.call('send_message', { sessionId: id, message: 'x' })).toMatchObject({
      error: { code: 'session_ended' },
    })
    expect(await ear.call('join_session', { sessionId: id })).toMatchObject({ ok: true })
    expect(await server.database.contents()).toEqual(before)
  })
})
