import type { WireMessage, WireSession } from '@parley/contracts'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { ask, refusal } from '../support/http.ts'
import {
  adminToken,
  end,
  type Identity,
  newAgent,
  newUser,
  newVisitor,
  startSession,
} from '../support/people.ts'
import { API_KEY, HAS_DATABASE, useServer } from '../support/server.ts'

const KEY = { key: true } as const
type Who = { readonly token: string } | typeof KEY

/** `GET /api/chat/messages/search` of api.md §4, with stock fetch. */
describe.skipIf(!HAS_DATABASE)('chat: search', () => {
  const at = useServer()
  let visitor: Identity
  let other: Identity
  let session: WireSession
  const say = async (message: string, by = visitor, sessionId = session.id) => {
    const call = `POST /api/chat/send-message/${sessionId}`
    return (await ask<WireMessage>(at.server, call, { token: by.token }, { message })).body.data
  }
  const search = (query: Readonly<Record<string, string>>, by: Who = visitor) =>
    ask<WireMessage[]>(at.server, `GET /api/chat/messages/search?${new URLSearchParams(query)}`, by)
  const found = async (query: Readonly<Record<string, string>>, by: Who = visitor) =>
    (await search(query, by)).body.data.map(({ content }) => content)

  beforeAll(async () => {
    visitor = await newVisitor(at.server, 'Lin Wei')
    other = await newUser(at.server, 'other')
    session = await startSession(at.server, visitor)
    for (const text of ['Where is my ORDER 4711?', '我的订单在哪里？', 'Thank you']) await say(text)
    await say('order of another', other, (await startSession(at.server, other)).id)
  })

  it('finds words and parts of words, Chinese too, newest first, as soon as they are sent', async () => {
    const { status, body } = await search({ keyword: 'order' })
    expect([status, body.success]).toEqual([200, true])
    expect(body.pagination).toEqual({ page: 1, limit: 20, total: 1, totalPages: 1 })
    expect(body.data).toMatchObject([
      {
        content: 'Where is my ORDER 4711?',
        message: 'Where is my ORDER 4711?',
        sessionId: session.id,
        senderId: visitor.userId,
        recalled: false,
      },
    ])
    expect(body.data[0]?._id).toBe(body.data[0]?.id)
    expect(await found({ keyword: '订单' })).toEqual(['我的订单在哪里？'])
    expect(await found({ keyword: '哪' })).toEqual(['我的订单在哪里？'])
    expect(await found({ keyword: ' where 471 ' })).toEqual(['Where is my ORDER 4711?'])
    expect(await found({ keyword: 'a_k' })).toEqual([])
    expect(await found({ keyword: '%' })).toEqual([])
    await say('the newest order')
    expect(await found({ keyword: 'Order' })).toEqual(['the newest order', 'Where is my ORDER 4711?'])
  })

  it('is about the caller’s own sessions, whoever asks', async () => {
    expect(await found({ keyword: 'order' }, other)).toEqual(['order of another'])
    expect(await found({ keyword: 'order', userId: 'other' }, other)).toEqual(['order of another'])
    expect(await found({ keyword: 'order', userId: 'other' }, KEY)).toEqual(['order of another'])
    expect(await found({ keyword: 'order', userId: 'other' }, await adminToken(at.server))).toEqual([
      'order of another',
    ])
    expect(await found({ keyword: 'order', userId: 'nobody' }, KEY)).toEqual([])
    expect(await found({ keyword: 'newest', sessionId: session.id })).toEqual(['the newest order'])
    expect(await refusal(search({ keyword: 'order', userId: 'other' }))).toBe('403 identity_mismatch')
    expect(await refusal(search({ keyword: 'order' }, KEY))).toBe('400 validation_failed')
    expect(await refusal(search({ keyword: 'order', sessionId: session.id }, other))).toBe('404 not_found')
    expect(await refusal(ask(at.server, 'GET /api/chat/messages/search?keyword=x'))).toBe('401 unauthorized')
  })

  it('takes 1 to 100 characters and says in the caller’s language what is wrong', async () => {
    for (const keyword of ['', ' \t', 'x'.repeat(101)]) {
      const { status, body } = await search({ keyword })
      expect([status, body.error, body.details?.[0]?.path]).toEqual([400, 'validation_failed', 'keyword'])
    }
    expect((await search({ keyword: ` ${'👍'.repeat(100)} ` })).status).toBe(200)
    const call = 'GET /api/chat/messages/search?keyword='
    const { body } = await ask(at.server, call, { token: visitor.token, language: 'zh' })
    expect(body.details?.[0]?.message).toMatch(/\p{Script=Han}/u)
    expect(await refusal(search({ keyword: 'x', page: '0' }))).toBe('400 validation_failed')
  })

  it('gives pages that stay as they are while new messages come', async () => {
    for (let n = 1; n <= 5; n += 1) await say(`pear ${n}`)
    const first = await search({ keyword: 'pear', limit: '2' })
    expect(first.body.data.map(({ content }) => content)).toEqual(['pear 5', 'pear 4'])
    expect(first.body.pagination).toEqual({ page: 1, limit: 2, total: 5, totalPages: 3 })
    await say('pear 6')
    const before = first.body.data.at(-1)?.id ?? ''
    expect(await found({ keyword: 'pear', limit: '2', before })).toEqual(['pear 3', 'pear 2'])
    expect(await found({ keyword: 'pear', limit: '2', before, page: '2' })).toEqual(['pear 1'])
    expect(await found({ keyword: 'pear', limit: '2', page: '2' })).toEqual(['pear 4', 'pear 3'])
    expect(await refusal(search({ keyword: 'pear', before: 'nothing' }))).toBe('404 not_found')
    expect(await refusal(search({ keyword: 'order', before }, other))).toBe('404 not_found')
  })

  it('forgets what was deleted at once', async () => {
    const message = await say('a secret plum')
    expect(await found({ keyword: 'plum' })).toEqual(['a secret plum'])
    expect(await refusal(ask(at.server, `DELETE /api/chat/messages/${message.id}`, visitor))).toMatch(/^200/)
    const { body } = await search({ keyword: 'plum' })
    expect([body.data, body.pagination.total]).toEqual([[], 0])
  })

  it('finds for an operator only while it holds the session', async () => {
    const agent = await newAgent(at.server, 'ada')
    const assign = (operatorId: string) =>
      ask(at.server, 'POST /api/operators/assign', KEY, { sessionId: session.id, operatorId })
    await ask(at.server, 'PUT /api/operators/ada/status', KEY, { status: 'online' })
    await assign('ada')
    expect(await found({ keyword: 'newest' }, agent)).toEqual(['the newest order'])
    await newAgent(at.server, 'bob')
    await ask(at.server, 'PUT /api/operators/bob/status', KEY, { status: 'online' })
    await assign('bob')
    expect(await found({ keyword: 'newest' }, agent)).toEqual([])
    expect(await found({ keyword: 'newest', userId: visitor.userId }, agent)).toEqual(['the newest order'])
  })

  it('is in the index within two seconds, which the metrics say, and finds the same after a kill', async () => {
    await say('a late fig')
    const metrics = async () =>
      (await fetch(`${at.server.url}/metrics`, { headers: { 'x-api-key': API_KEY } })).text()
    expect(await metrics()).toMatch(/^parley_search_behind_seconds /m)
    await vi.waitFor(async () => expect(await metrics()).toMatch(/^parley_search_waiting 0$/m), {
      timeout: 15_000,
      interval: 500,
    })
    await say('another fig')
    await at.server.kill()
    await at.server.start()
    expect(await found({ keyword: 'fig' })).toEqual(['another fig', 'a late fig'])
    await vi.waitFor(async () => expect(await metrics()).toMatch(/^parley_search_waiting 0$/m), {
      timeout: 15_000,
      interval: 500,
    })
    expect(await found({ keyword: 'fig' })).toEqual(['another fig', 'a late fig'])
    await end(at.server, session.id, visitor)
    expect(await found({ keyword: 'newest' })).toEqual(['the newest order'])
  })
})
