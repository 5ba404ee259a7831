import { request } from 'node:http'
import type { WireSession } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { Ear } from '../support/ear.ts'
import { ask, refusal } from '../support/http.ts'
import { newVisitor } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'

/** §2: clients whose document had no login, on the developer's own machine. */
describe.skipIf(!HAS_DATABASE)('open mode', () => {
  const at = useServer({ AUTH_OPEN_TOKENS: 'true' })

  it('serves the support flow without a credential', async () => {
    const { server } = at
    const operator = await ask<{ token: string }>(
      server,
      'POST /api/auth/token',
      {},
      { userId: 'agent-1', userType: 'agent' },
    )
    const agent = await Ear.open(server, operator.body.data)
    const started = await ask<WireSession>(
      server,
      'POST /api/chat/start-session',
      {},
      { userId: 'u-1', name: 'Lin' },
    )
    expect(started.status).toBe(201)
    expect(started.body.data).toMatchObject({ userId: 'u-1', operatorId: 'agent-1' })
    const { sessionId } = started.body.data

    const visitor = await Ear.open(server, {})
    expect(await visitor.call('join_session', { sessionId, userId: 'u-1', userType: 'user' })).toMatchObject({
      ok: true,
    })
    expect(await visitor.call('send_message', { sessionId, message: 'Hi', senderId: 'u-1' })).toMatchObject({
      ok: true,
      message: { senderId: 'u-1', senderType: 'user' },
    })
    await agent.call('join_session', { sessionId })
    await agent.call('send_message', { sessionId, message: 'Hello', senderId: 'agent-1' })
    await visitor.hears('new_message', ({ senderId }) => senderId === 'agent-1')
    const other = await visitor.call('send_message', { sessionId, message: 'Hi', senderId: 'u-2' })
    expect(other).toMatchObject({ ok: false, error: { code: 'identity_mismatch' } })

    const posted = await ask(
      server,
      `POST /api/chat/send-message/${sessionId}`,
      {},
      { message: 'By REST', senderId: 'u-1' },
    )
    expect(posted.status).toBe(201)
    await visitor.hears('new_message', ({ message }) => message === 'By REST')
    expect((await ask(server, `POST /api/chat/end-session/${sessionId}`, {}, {})).body.data).toMatchObject({
      status: 'ended',
    })
    await agent.hears('session_ended')
    for (const ear of [agent, visitor]) ear.close()
  })

  it('is for this machine alone: behind a proxy or under another name everyone needs a credential', async () => {
    const { server } = at
    expect(await statusOf(server.port, { 'x-forwarded-for': '203.0.113.9' })).toBe(401)
    expect(await statusOf(server.port, { forwarded: 'for=203.0.113.9' })).toBe(401)
    expect(await statusOf(server.port, { host: 'chat.example.com' })).toBe(401)
    expect(await statusOf(server.port, {})).toBe(200)
  })

  it('does not make more of a person who has a token', async () => {
    const { server } = at
    const visitor = await newVisitor(server)
    expect(await refusal(ask(server, 'GET /api/operators', visitor))).toBe('403 forbidden')
    expect(await refusal(ask(server, 'GET /api/operators', { token: 'not.a.token' }))).toBe(
      '401 unauthorized',
    )
  })
})

/** fetch does not let one choose the host. */
function statusOf(port: number, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/api/operators', headers }, response => {
      response.resume()
      resolve(response.statusCode)
    })
      .once('error', reject)
      .end()
  })
}
