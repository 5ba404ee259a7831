import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { curl, stockClient } from '../support/client.ts'
import { API_KEY, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const asKey = { 'x-api-key': API_KEY }
const call = async (route: string, body?: unknown) =>
  (await curl(server.url, route, { ...(body !== undefined && { body }), headers: asKey })).body.data

const clients: { close(): void }[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})

/** Somebody who comes as the documented client does: without a token, by open mode. */
async function joined(id: string, more: Readonly<Record<string, unknown>> = {}) {
  const client = await stockClient(server.url, {})
  clients.push(client)
  const { ok, user } = await client.socket.emitWithAck('user:join', { id, ...more })
  expect([ok, user.id]).toEqual([true, id])
  const named = (event: string) =>
    client.heard.filter(heard => heard.event === event).map(({ payload }) => payload)
  return { ...client, named }
}

describe('the chat family, as its documents have it', () => {
  it('lets two who were brought together write, read, type and take back', async () => {
    await call('POST /api/users', { id: 'lin', realName: 'Lin Wei' })
    await call('POST /api/users', { id: 'chen', role: 'user' })
    const session = await call('POST /api/chat/sessions/private', { userId1: 'lin', userId2: 'chen' })
    const sessionId = String(session['sessionId'])
    const lin = await joined('lin', { role: 'admin' })
    const phone = await joined('lin')
    const chen = await joined('chen', { realName: 'Chen Yu' })
    expect(chen.named('user:joined')).toMatchObject([
      { user: { id: 'chen', role: 'user', realName: 'Chen Yu' } },
    ])

    const message = { receiverId: 'chen', content: 'Lunch at noon?', clientMessageId: 'c-1' }
    const sent = await lin.socket.emitWithAck('message:send', message)
    expect(sent).toMatchObject({ ok: true, message: { sessionId, seq: 1, receiverId: 'chen' } })
    const { id: messageId } = sent.message
    await vi.waitFor(() =>
      expect([lin.named('message:sent'), phone.named('message:sent'), chen.named('message:receive')]).toEqual(
        Array(3).fill([{ message: expect.objectContaining({ id: messageId }), change: 1 }]),
      ),
    )
    expect(chen.named('message:sent')).toEqual([])
    await vi.waitFor(() =>
      expect(lin.named('message:status')).toContainEqual({
        messageId,
        sessionId,
        seq: 1,
        status: 'delivered',
      }),
    )

    expect(await chen.socket.emitWithAck('unread:count')).toMatchObject({
      data: { unreadCount: 1, sessions: { [sessionId]: 1 } },
    })
    chen.socket.emit('typing:start', { sessionId })
    await vi.waitFor(() => expect(lin.named('typing:start')).toMatchObject([{ sessionId, userId: 'chen' }]))
    await chen.socket.emitWithAck('message:read', { messageId })
    await vi.waitFor(() =>
      expect(lin.named('message:status')).toContainEqual({ messageId, sessionId, seq: 1, status: 'read' }),
    )
    expect(await chen.socket.emitWithAck('unread:count', 'chen')).toMatchObject({ data: { unreadCount: 0 } })

    const history = await chen.socket.emitWithAck('chat:history', { sessionId })
    expect(history).toMatchObject({ ok: true, data: [{ id: messageId, status: 'read' }] })
    expect(await lin.socket.emitWithAck('message:recall', { messageId })).toMatchObject({
      ok: true,
      message: { recalled: true, content: '' },
    })
    await vi.waitFor(() =>
      expect(chen.named('message:recalled')).toMatchObject([{ messageId, sessionId, seq: 1, change: 2 }]),
    )
  })

  it('says who is there, and who is away', async () => {
    await call('POST /api/users', { id: 'ann', role: 'nurse' })
    await call('POST /api/users', { id: 'bob' })
    await call('POST /api/chat/sessions/private', { userId1: 'bob', userId2: 'lin' })
    const [lin, bob] = [await joined('lin'), await joined('bob')]
    const online: { id: string; status: string }[] = await new Promise(resolve =>
      lin.socket.emit('users:online', resolve),
    )
    expect(online.map(({ id }) => id).sort()).toEqual(['bob', 'lin'])
    expect(await bob.socket.emitWithAck('user:status:update', 'away')).toMatchObject({ ok: true })
    await vi.waitFor(() =>
      expect(lin.named('user:status')).toContainEqual(
        expect.objectContaining({ userId: 'bob', status: 'away' }),
      ),
    )
    bob.close()
    await vi.waitFor(
      () =>
        expect(
          lin
            .named('user:status')
            .filter(({ userId }) => userId === 'bob')
            .at(-1),
        ).toMatchObject({
          status: 'offline',
        }),
      5000,
    )
  })

  it('keeps two apart whom nobody has brought together', async () => {
    const eve = await joined('eve')
    await joined('lin')
    const refused = await eve.socket.emitWithAck('message:send', { receiverId: 'lin', content: 'Hi' })
    expect(refused).toMatchObject({ ok: false, error: { code: 'not_friends' } })
    const mismatch = await eve.socket.emitWithAck('message:send', {
      ...{ receiverId: 'lin', content: 'Hi', senderId: 'chen' },
    })
    expect(mismatch).toMatchObject({ ok: false, error: { code: 'identity_mismatch' } })
    expect(await eve.socket.emitWithAck('user:join', { id: 'lin' })).toMatchObject({
      error: { code: 'identity_mismatch' },
    })
  })

  it('lets nobody hear a group any more who was taken out of it', async () => {
    const group = await call('POST /api/chat/sessions/group', {
      sessionName: 'Night shift',
      participants: ['lin', 'chen', 'bob'],
    })
    const sessionId = String(group['sessionId'])
    const [lin, chen] = [await joined('lin'), await joined('chen')]
    await lin.socket.emitWithAck('message:send', { sessionId, content: 'One' })
    await vi.waitFor(() => expect(chen.named('message:receive')).toHaveLength(1))
    await call(`DELETE /api/chat/sessions/${sessionId}/participants/chen`)
    await vi.waitFor(() =>
      expect(chen.named('participants:changed')).toMatchObject([{ sessionId, removed: ['chen'] }]),
    )
    await lin.socket.emitWithAck('message:send', { sessionId, content: 'Two' })
    expect(await chen.socket.emitWithAck('chat:history', { sessionId })).toMatchObject({
      error: { code: 'not_found' },
    })
    expect(chen.named('message:receive')).toHaveLength(1)
  })

  it('shows a connection that used both joins the words of both families', async () => {
    const lin = await joined('lin')
    const session = await call('POST /api/chat/sessions/private', { userId1: 'lin', userId2: 'chen' })
    const sessionId = String(session['sessionId'])
    await lin.socket.emitWithAck('join_session', { sessionId })
    await call('POST /api/chat/messages', { sessionId, senderId: 'chen', content: 'Both' })
    await vi.waitFor(() => expect(lin.named('new_message')).toMatchObject([{ message: 'Both' }]))
    await vi.waitFor(() =>
      expect(lin.named('message:receive')).toMatchObject([{ message: { content: 'Both' } }]),
    )
  })
})
