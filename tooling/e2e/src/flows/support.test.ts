import type { WireMessage, WireSession } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { useEars } from '../support/ear.ts'
import { ask } from '../support/http.ts'
import { end, newAgent, newVisitor, retire, startSession } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'

interface Sent {
  readonly message: WireMessage
}

/** §7, with nothing but fetch and stock socket.io-client. */
describe.skipIf(!HAS_DATABASE)('the support family, as its documented clients use it', () => {
  const at = useServer({ OPERATOR_GRACE_MS: '500' })
  const open = useEars(at)

  it('carries a conversation, and the third visitor waits until one ends', async () => {
    const { server } = at
    const agent = await newAgent(server, 'ada')
    const operator = await open(agent)
    const one = await newVisitor(server, '林薇')
    const first = await startSession(server, one)
    const second = await startSession(server, await newVisitor(server))
    const three = await newVisitor(server)
    const third = await startSession(server, three)
    expect([first.status, second.status, third.status]).toEqual(['active', 'active', 'waiting'])
    expect(third.queuePosition).toBe(1)
    await operator.hears('session_assigned', ({ sessionId }) => sessionId === second.id)

    const visitor = await open(one)
    const joined = await visitor.call('join_session', { sessionId: first.id })
    expect(joined).toMatchObject({ ok: true, sessionId: first.id, messages: [] })
    expect((await visitor.hears('session_joined')).session.id).toBe(first.id)
    await operator.call('join_session', { sessionId: first.id })
    await visitor.hears('user_joined', ({ userId }) => userId === 'ada')

    const sent = { sessionId: first.id, message: '你好 <b>hello</b>', clientMessageId: 'm-1' }
    const answer = await visitor.call<Sent>('send_message', sent)
    const again = await visitor.call<Sent>('send_message', sent)
    expect(again.message).toMatchObject({ id: answer.message.id, seq: 1 })
    const heard = await operator.hears('new_message')
    expect(heard).toMatchObject({ seq: 1, message: sent.message, senderType: 'user', clientMessageId: 'm-1' })
    await visitor.hears('new_message', ({ id }) => id === heard.id)

    await operator.call('typing_start', { sessionId: first.id })
    await visitor.hears('user_typing', ({ isTyping, userType }) => isTyping && userType === 'agent')
    await operator.call('typing_stop', { sessionId: first.id })
    await visitor.hears('user_typing', ({ isTyping }) => !isTyping)
    await operator.call('send_message', { sessionId: first.id, message: 'Hi' })
    expect((await visitor.hears('new_message', ({ seq }) => seq === 2)).senderType).toBe('agent')
    expect(operator.all('new_message')).toHaveLength(2)
    expect(visitor.all('user_typing')).toHaveLength(2)
    expect(operator.all('user_typing')).toEqual([])

    const waiting = await open(three)
    await waiting.call('join_session', { sessionId: third.id })
    const ended = await end(server, first.id, agent)
    expect(ended.body.data).toMatchObject({ status: 'ended', endReason: 'solved' })
    const told = await visitor.hears('session_ended', ({ endedBy }) => endedBy === 'ada')
    expect(told).toMatchObject({ reason: 'solved', endedAt: ended.body.data.endedAt })
    expect((await waiting.hears('session_assigned')).operator.id).toBe('ada')
    const late = await visitor.call('send_message', { sessionId: first.id, message: 'one more' })
    expect(late).toMatchObject({ ok: false, error: { code: 'session_ended' } })
    for (const sessionId of [second.id, third.id]) await end(server, sessionId, { key: true })
    await retire(server, 'ada')
  })

  it('tells the visitors who wait where they stand, and an operator what has come without any join', async () => {
    const { server } = at
    const people = await Promise.all(['a', 'b', 'c'].map(name => newVisitor(server, name)))
    const [first, second, third] = people
    if (!first || !second || !third) throw new Error('three visitors were asked for')
    const sessions: WireSession[] = []
    for (const person of people) sessions.push(await startSession(server, person))
    expect(sessions.map(({ queuePosition }) => queuePosition)).toEqual([1, 2, 3])
    const last = sessions[2]?.id
    const ear = await open(third)
    await ear.call('join_session', { sessionId: last })
    const operator = await open(await newAgent(server, 'lin', 1))
    expect((await operator.hears('session_assigned')).sessionId).toBe(sessions[0]?.id)
    await ear.hears('queue_position', ({ sessionId, position }) => sessionId === last && position === 2)
    await end(server, sessions[1]?.id ?? '', second)
    await ear.hears('queue_position', ({ position }) => position === 1)
    for (const session of sessions) await end(server, session.id, { key: true })
    await retire(server, 'lin')
  })

  it('says who comes and who leaves', async () => {
    const { server } = at
    const operator = await open(await newAgent(server, 'zoe', 1))
    const visitor = await newVisitor(server)
    const session = await startSession(server, visitor)
    await operator.call('join_session', { sessionId: session.id })
    const [one, two] = [await open(visitor), await open(visitor)]
    await one.call('join_session', { sessionId: session.id })
    const here = { sessionId: session.id, userId: visitor.userId, userType: 'user' }
    expect(await operator.hears('user_joined')).toEqual(here)
    await two.call('join_session', { sessionId: session.id })
    one.close()
    two.close()
    expect(await operator.hears('user_left')).toEqual(here)
    expect(operator.all('user_joined'), 'a second device is no second person').toHaveLength(1)
    expect(operator.all('user_left')).toHaveLength(1)
    await end(server, session.id, { key: true })
    await retire(server, 'zoe')
  })

  it('gives the sessions of an operator who has gone to another', async () => {
    const { server } = at
    const leaving = await open(await newAgent(server, 'bob', 1))
    const visitor = await newVisitor(server)
    const session = await startSession(server, visitor)
    expect(session.operatorId).toBe('bob')
    const ear = await open(visitor)
    await ear.call('join_session', { sessionId: session.id })
    await open(await newAgent(server, 'eve', 1))
    leaving.close()
    const waiting = await ear.hears('session_waiting')
    const taken = await ear.hears('session_assigned', ({ operator }) => operator.id === 'eve')
    expect(taken.change).toBe(waiting.change + 1)
    await end(server, session.id, { key: true })
    await retire(server, 'eve')
  })

  it('loses and doubles nothing over kill -9', async () => {
    const { server } = at
    const agent = await newAgent(server, 'kim', 1)
    const operator = await open(agent)
    const visitor = await newVisitor(server)
    const { id } = await startSession(server, visitor)
    const ear = await open(visitor)
    for (const one of [ear, operator]) await one.call('join_session', { sessionId: id })
    const send = async (n: number): Promise<void> => {
      const asked = { sessionId: id, message: `number ${n}`, clientMessageId: `k-${n}` }
      const answer = await ear.call('send_message', asked).catch(() => ({ ok: false }))
      if (!answer.ok) await send(n)
    }
    const sending = Promise.all(Array.from({ length: 40 }, (_, n) => send(n)))
    await operator.hears('new_message')
    await server.kill()
    await server.start()
    await sending

    const { body } = await ask<WireMessage[]>(server, `GET /api/chat/messages/${id}?limit=100`, visitor)
    expect(body.data.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
    expect(new Set(body.data.map(({ clientMessageId }) => clientMessageId)).size).toBe(40)

    const back = await open(agent)
    const synced = await back.call<{ sessions: Record<string, { messages: WireMessage[] }> }>(
      'session:sync',
      { sessions: { [id]: 0 } },
    )
    expect(synced.sessions[id]).toMatchObject({ complete: true })
    expect(synced.sessions[id]?.messages).toHaveLength(40)
  })
})
