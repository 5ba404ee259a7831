import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { curl, stockClient } from '../support/client.ts'
import { API_KEY, startTestServer, type TestServer } from '../support/server.ts'

const asKey = { 'x-api-key': API_KEY }
const SECRET_TEXT = 'my card number is 4111 1111 1111 1111'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ AUTH_OPEN_TOKENS: 'false' })
})
afterAll(() => server.close())

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  curl(server.url, `POST ${path}`, { body, headers })
const as = (token: unknown) => ({ authorization: `Bearer ${String(token)}` })

describe('the support family, as its documents have it', () => {
  it('goes from a visitor’s first word to the end, on every listener', async () => {
    const visitor = (await post('/api/auth/token', { name: 'Lin Wei' })).body.data
    const agent = (
      await post('/api/auth/token', { userId: 'agent-7', userType: 'agent', name: 'Ada' }, asKey)
    ).body.data
    const started = await post(
      '/api/chat/start-session',
      { metadata: { page: '/pricing' } },
      as(visitor['token']),
    )
    expect([started.status, started.body.data['status'], started.body.data['queuePosition']]).toEqual([
      201,
      'waiting',
      1,
    ])
    const sessionId = String(started.body.data['sessionId'])

    const customer = await stockClient(server.url, { token: visitor['token'] })
    await customer.socket.emitWithAck('join_session', { sessionId })
    const operator = await stockClient(server.url, { token: agent['token'] })
    // Its first connection brings it online, so it is given who waits, without any join.
    await vi.waitFor(() => expect(operator.heard.map(({ event }) => event)).toContain('session_assigned'))
    await vi.waitFor(() => expect(customer.heard.map(({ event }) => event)).toContain('session_assigned'))
    expect(await operator.socket.emitWithAck('join_session', { sessionId })).toMatchObject({
      ok: true,
      sessionId,
    })

    const sent = await customer.socket.emitWithAck('send_message', {
      sessionId,
      message: SECRET_TEXT,
      clientMessageId: 'c-1',
    })
    expect(sent).toMatchObject({ ok: true, message: { seq: 1, senderType: 'user', content: SECRET_TEXT } })
    const again = await customer.socket.emitWithAck('send_message', {
      sessionId,
      message: SECRET_TEXT,
      clientMessageId: 'c-1',
    })
    expect(again.message.id).toBe(sent.message.id)
    const answered = await post(
      `/api/chat/send-message/${sessionId}`,
      { message: 'Hello, Lin' },
      as(agent['token']),
    )
    expect(answered.status).toBe(201)
    for (const { heard } of [customer, operator]) {
      await vi.waitFor(() => {
        const messages = heard
          .filter(({ event }) => event === 'new_message')
          .map(({ payload }) => [payload['seq'], payload['senderType']])
        expect(messages).toEqual([
          [1, 'user'],
          [2, 'agent'],
        ])
      })
    }

    operator.socket.emit('typing_start', { sessionId })
    await vi.waitFor(() =>
      expect(customer.heard).toContainEqual({
        event: 'user_typing',
        payload: { sessionId, userId: 'agent-7', userType: 'agent', isTyping: true },
      }),
    )

    const ended = await post(`/api/chat/end-session/${sessionId}`, { reason: 'solved' }, as(visitor['token']))
    expect(ended.body.data).toMatchObject({
      status: 'ended',
      endReason: 'solved',
      endedBy: visitor['userId'],
    })
    await vi.waitFor(() =>
      expect(operator.heard.at(-1)).toMatchObject({ event: 'session_ended', payload: { reason: 'solved' } }),
    )
    const late = await customer.socket.emitWithAck('send_message', { sessionId, message: 'one more' })
    expect(late).toMatchObject({ ok: false, error: { code: 'session_ended' } })
    const messages = await curl(server.url, `GET /api/chat/messages/${sessionId}`, {
      headers: as(visitor['token']),
    })
    expect(messages.body.data).toHaveLength(2)
    customer.close()
    operator.close()
  })

  it('keeps strangers out', async () => {
    const mine = (await post('/api/auth/token', {})).body.data
    const other = (await post('/api/auth/token', {})).body.data
    const { sessionId } = (await post('/api/chat/start-session', {}, as(mine['token']))).body
      .data as unknown as { sessionId: string }
    const stranger = await stockClient(server.url, { token: other['token'] })
    expect(await stranger.socket.emitWithAck('join_session', { sessionId })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    const pretended = { sessionId, message: 'Hi', senderId: mine['userId'] }
    expect(await stranger.socket.emitWithAck('send_message', pretended)).toMatchObject({
      error: { code: 'identity_mismatch' },
    })
    stranger.close()
    const seen = await curl(server.url, `GET /api/chat/messages/${sessionId}`, { headers: as(mine['token']) })
    expect(seen.body.data).toEqual([])
  })

  it('has told the logs nothing that is private', async () => {
    const login = await post('/api/auth/login', { username: 'nobody', password: 'hunter2-the-password' })
    expect(login.status).toBe(401)
    const token = (await post('/api/auth/token', {})).body.data['token']
    await curl(server.url, `GET /api/auth/me?token=${String(token)}`, { headers: as(token) })
    const logged = await server.logged()
    expect(logged).toContain('"route":"/api/auth/me"')
    for (const secret of [SECRET_TEXT, 'hunter2-the-password', String(token), API_KEY])
      expect(logged).not.toContain(secret)
  })

  it('gives its metrics to who is on this machine or has a key', async () => {
    const metrics = (headers: Record<string, string>) => fetch(`${server.url}/metrics`, { headers })
    const text = await (await metrics({})).text()
    expect(text).toMatch(/parley_operations_total\{operation="message.send",outcome="ok"\} \d/)
    expect(text).toMatch(/parley_changes_total\{event="message.created"\} 2/)
    expect((await metrics({ 'x-forwarded-for': '10.0.0.1' })).status).toBe(401)
    expect((await metrics({ 'x-forwarded-for': '10.0.0.1', ...asKey })).status).toBe(200)
    expect(
      (await metrics({ 'x-forwarded-for': '10.0.0.1', authorization: `Bearer ${API_KEY}` })).status,
    ).toBe(200)
  })
})

describe('open mode', () => {
  it('lets clients that know no login talk', async () => {
    const open = await startTestServer()
    const { body } = await curl(open.url, 'POST /api/chat/start-session', {
      body: { userId: 'u-1', name: 'Lin' },
    })
    const sessionId = String(body.data['sessionId'])
    const client = await stockClient(open.url, {})
    expect(await client.socket.emitWithAck('join_session', { sessionId, userId: 'u-1' })).toMatchObject({
      ok: true,
    })
    expect(
      await client.socket.emitWithAck('send_message', { sessionId, message: 'Hi', senderId: 'u-1' }),
    ).toMatchObject({
      ok: true,
      message: { senderId: 'u-1' },
    })
    expect(
      await client.socket.emitWithAck('send_message', { sessionId, message: 'Hi', senderId: 'u-2' }),
    ).toMatchObject({
      error: { code: 'identity_mismatch' },
    })
    client.close()
    await open.close()
  })
})
