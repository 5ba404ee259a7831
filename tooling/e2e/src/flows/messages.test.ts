import type { WireMessage, WireSession } from '@parley/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { useEars } from '../support/ear.ts'
import { ask, refusal } from '../support/http.ts'
import { end, type Identity, newAgent, newVisitor, startSession } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'

const KEY = { key: true } as const

/** `send-message` and `messages` of api.md §3. */
describe.skipIf(!HAS_DATABASE)('desk: messages', () => {
  const at = useServer()
  const open = useEars(at)
  let visitor: Identity
  let session: WireSession
  beforeAll(async () => {
    visitor = await newVisitor(at.server, 'Lin Wei')
    session = await startSession(at.server, visitor)
  })
  const send = (body: unknown, by: { token: string } | typeof KEY = visitor, sessionId = session.id) =>
    ask<WireMessage>(at.server, `POST /api/chat/send-message/${sessionId}`, by, body)
  const list = (query = '', by: { token: string } | typeof KEY = visitor) =>
    ask<WireMessage[]>(at.server, `GET /api/chat/messages/${session.id}${query}`, by)

  it('send-message: 201, on every listener too, and the same clientMessageId stores nothing', async () => {
    const ear = await open(visitor)
    await ear.call('join_session', { sessionId: session.id })
    const sent = await send({ message: ' Hi & <welcome> ', clientMessageId: 'c-1', unheard: 'of' })
    expect(sent.status).toBe(201)
    const { data } = sent.body
    expect(data).toMatchObject({
      _id: data.id,
      sessionId: session.id,
      seq: 1,
      change: 1,
      clientMessageId: 'c-1',
      senderId: visitor.userId,
      sender: visitor.userId,
      senderType: 'user',
      message: ' Hi & <welcome> ',
      content: ' Hi & <welcome> ',
      messageType: 'text',
      fileUrl: null,
      status: 'sent',
      readBy: [],
      readByCount: 0,
      recalled: false,
      timestamp: data.createdAt,
    })
    expect(await ear.hears('new_message')).toMatchObject({ id: data.id, message: data.message, change: 1 })
    const again = await send({ message: 'another text', clientMessageId: 'c-1' })
    expect(again.body.data).toMatchObject({ id: data.id, message: data.message })
    const byEvent = await ear.call<{ message: WireMessage }>('send_message', {
      sessionId: session.id,
      message: 'x',
      clientMessageId: 'c-1',
    })
    expect(byEvent.message.id).toBe(data.id)
    expect((await list()).body.pagination.total).toBe(1)
  })

  it('the same clientMessageId for another session is a conflict, and free to another sender', async () => {
    const { server } = at
    const other = await newVisitor(server)
    const own = await startSession(server, other)
    const asKey = { message: 'x', clientMessageId: 'k-1', senderId: visitor.userId }
    expect((await send(asKey, KEY)).status).toBe(201)
    expect(await refusal(send(asKey, KEY, own.id))).toBe('409 conflict')
    expect((await send({ message: 'x', clientMessageId: 'k-1' }, other, own.id)).status).toBe(201)
    await end(server, own.id, other)
  })

  it('takes what absent fields look like, and files of allowed hosts alone', async () => {
    const blank = { fileUrl: '', fileName: '', fileSize: 0, receiverId: '' }
    expect((await send({ message: 'x', ...blank })).body.data).toMatchObject({
      fileUrl: null,
      fileName: null,
      fileSize: null,
    })
    for (const fileUrl of [
      'http://evil.example/a.png',
      'javascript:alert(1)',
      'https://evil.example/a.png',
      '//evil.example/a',
    ])
      expect(await refusal(send({ message: 'x', fileUrl }))).toBe('400 validation_failed')
    expect(await refusal(send({ ...blank, message: '' }))).toBe('400 validation_failed')
  })

  it('an API key names the sender; who takes no part may not write', async () => {
    const { server } = at
    const unnamed = await send({ message: 'x' }, KEY)
    expect([unnamed.status, unnamed.body.details?.[0]?.path]).toEqual([400, 'senderId'])
    const [stranger, colleague] = [await newVisitor(server), await newAgent(server, 'tom')]
    expect(await refusal(send({ message: 'x' }, stranger))).toBe('404 not_found')
    expect(await refusal(send({ message: 'x' }, colleague))).toBe('403 forbidden')
    const system = await ask<Identity>(server, 'POST /api/auth/token', KEY, {
      userId: 'bot',
      userType: 'system',
    })
    expect((await send({ message: 'beep' }, system.body.data)).body.data).toMatchObject({
      senderType: 'system',
    })
  })

  it('messages: page 1 is the newest page, oldest first; beforeSeq and afterSeq', async () => {
    const { total } = (await list()).body.pagination
    for (let seq = total + 1; seq <= 12; seq++) await send({ message: `number ${seq}` })
    const seqs = async (query: string) => (await list(query)).body.data.map(({ seq }) => seq)
    expect(await seqs('?limit=5')).toEqual([8, 9, 10, 11, 12])
    expect(await seqs('?limit=5&page=3')).toEqual([1, 2])
    expect((await list('?limit=5')).body.pagination).toEqual({ page: 1, limit: 5, total: 12, totalPages: 3 })
    expect((await list()).body.pagination.limit).toBe(50)
    expect(await seqs('?beforeSeq=8&limit=3')).toEqual([5, 6, 7])
    expect(await seqs('?afterSeq=8&limit=3')).toEqual([9, 10, 11])
    expect(await seqs('?afterSeq=12')).toEqual([])
    expect(await seqs('?beforeSeq=1')).toEqual([])
    expect(await refusal(list('?afterSeq=1&beforeSeq=5'))).toBe('400 validation_failed')
    expect(await refusal(list('', await newVisitor(at.server)))).toBe('404 not_found')
  })

  it('after the end nobody writes, and everybody can still read', async () => {
    await end(at.server, session.id, visitor)
    expect(await refusal(send({ message: 'late' }))).toBe('409 session_ended')
    expect(await refusal(send({ message: 'late', senderId: 'bot' }, KEY))).toBe('409 session_ended')
    expect(
      (await send({ message: 'x', clientMessageId: 'c-1' })).body.data.seq,
      'a repeated one has its answer',
    ).toBe(1)
    expect((await list()).body.pagination.total).toBe(12)
    const joined = await (await open(visitor)).call<{ messages: WireMessage[] }>('join_session', {
      sessionId: session.id,
    })
    expect(joined.messages).toHaveLength(12)
  })
})
