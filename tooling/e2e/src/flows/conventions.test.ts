import type { WireMessage, WireSession } from '@parley/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { ask, refusal } from '../support/http.ts'
import { end, type Identity, newVisitor, startSession } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'

const KEY = { key: true } as const
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** api.md §1. */
describe.skipIf(!HAS_DATABASE)('the conventions of every route', () => {
  const at = useServer()
  let visitor: Identity
  let session: WireSession
  beforeAll(async () => {
    visitor = await newVisitor(at.server)
    session = await startSession(at.server, visitor)
  })
  const send = (body: unknown, more: { language?: string } = {}) =>
    ask<WireMessage>(at.server, `POST /api/chat/send-message/${session.id}`, { ...visitor, ...more }, body)

  it('an answer is in the envelope, a failure too, with its request’s id', async () => {
    const { server } = at
    const good = await ask(server, `GET /api/chat/session/${session.id}`, visitor)
    expect(Object.keys(good.body).toSorted()).toEqual(['data', 'success'])
    const bad = await send({ message: '' })
    expect(bad.body).toMatchObject({ success: false, error: 'validation_failed' })
    expect(bad.body.requestId).toBe(bad.headers.get('x-request-id'))
    expect(bad.body.message).not.toBe('')
  })

  it('ids are UUIDv7 and given twice, times are UTC with milliseconds', () => {
    expect(session.id).toMatch(UUID_V7)
    expect(visitor.userId).toMatch(UUID_V7)
    expect(session._id).toBe(session.id)
    for (const time of [session.createdAt, session.updatedAt, session.waitingSince])
      expect(time).toMatch(TIME)
  })

  it('a limit over 100 is cut, and no page or limit is under 1 or broken', async () => {
    const { server } = at
    const paged = [
      '/api/chat/sessions/active',
      '/api/chat/sessions/history',
      `/api/chat/messages/${session.id}`,
    ]
    for (const path of paged) {
      const cut = await ask(server, `GET ${path}?limit=5000`, KEY)
      expect(cut.body.pagination.limit).toBe(100)
      for (const query of [
        'page=0',
        'page=-1',
        'page=1.5',
        'page=x',
        'page=1e2',
        'page=%20',
        'limit=0',
        'limit=-5',
        'limit=x',
        'limit=1&limit=2',
      ]) {
        const answer = await ask(server, `GET ${path}?${query}`, KEY)
        expect([answer.status, answer.body.error], `${path}?${query}`).toEqual([400, 'validation_failed'])
        expect(answer.body.details?.[0]?.path.split('.')[0]).toBe(query.split('=')[0])
      }
    }
  })

  it('an id is opaque, short, and no word that a path uses', async () => {
    const { server } = at
    const strange = ['用户-1', 'a:b', 'a@b.example', 'a b', '%41', '..', 'x'.repeat(64)]
    for (const userId of strange) {
      const started = await ask<WireSession>(server, 'POST /api/chat/start-session', KEY, { userId })
      expect([started.status, started.body.data?.userId], userId).toEqual([201, userId])
      await end(server, started.body.data.id, KEY)
    }
    for (const userId of [
      'a/b',
      'active',
      'history',
      'search',
      'profile',
      'online',
      'x'.repeat(65),
      '',
      'a\u0000',
      '\ud800',
      ' a',
    ]) {
      const refused = ask(server, 'POST /api/chat/start-session', KEY, { userId })
      expect(await refusal(refused), JSON.stringify(userId)).toBe('400 validation_failed')
      const token = ask(server, 'POST /api/auth/token', KEY, { userId })
      expect(await refusal(token), JSON.stringify(userId)).toBe('400 validation_failed')
    }
    for (const path of ['a%2Fb', 'history', 'x'.repeat(65), '%00', '%20a'])
      expect(await refusal(ask(server, `GET /api/chat/session/${path}`, KEY)), path).toBe(
        '400 validation_failed',
      )
  })

  it('says what is wrong in the language that is asked for', async () => {
    const says = async (language: string) => (await send({ message: '' }, { language })).body.message
    const english = await says('en')
    expect(english).toBe('“message” must not be empty.')
    for (const language of ['zh', 'zh-CN,zh;q=0.9,en;q=0.8', 'fr, zh-TW;q=0.5'])
      expect(await says(language)).toMatch(/\p{Script=Han}/u)
    for (const language of ['en-US,en;q=0.9,zh;q=0.8', 'fr', '*', ';;;q=x', 'zh;q=0'])
      expect(await says(language)).toBe(english)
    const { details } = (await send({ message: 7 }, { language: 'zh' })).body
    expect(details?.[0]).toMatchObject({ path: 'message', message: expect.stringMatching(/\p{Script=Han}/u) })
  })

  it('a text has 1 to 1000 code points once trimmed, and is stored exactly as typed', async () => {
    const kept = [
      '👍'.repeat(1000),
      `  ${'é'.repeat(1000)}\n`,
      '<script>&amp;</script>',
      'a\r\n\tb',
      '\u202eשלום',
      '\u{10ffff}',
    ]
    for (const message of kept) expect((await send({ message })).body.data?.message).toBe(message)
    const page = await ask<WireMessage[]>(at.server, `GET /api/chat/messages/${session.id}`, visitor)
    expect(page.body.data.map(({ message }) => message)).toEqual(kept)
    for (const message of [
      '👍'.repeat(1001),
      'é'.repeat(1001),
      '',
      ' \n\t ',
      'a\u0000b',
      'x\ud83d',
      '\udc4dx',
    ])
      expect(await refusal(send({ message })), JSON.stringify(message.slice(0, 9))).toBe(
        '400 validation_failed',
      )
  })

  it('answers a preflight of an allowed site alone, and never with credentials', async () => {
    const preflight = (origin: string) =>
      fetch(`${at.server.url}/api/auth/token`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      })
    const loopback = await preflight('http://127.0.0.1:9999')
    expect(loopback.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:9999')
    expect(loopback.headers.get('access-control-allow-credentials')).toBeNull()
    const stranger = await preflight('https://evil.example')
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull()
    const called = await fetch(`${at.server.url}/api/auth/token`, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
    })
    expect(called.status).toBe(403)
  })
})

describe.skipIf(!HAS_DATABASE)('rates', () => {
  const at = useServer({ RATE_LIMIT_PER_MINUTE: '20', SEND_LIMIT_PER_MINUTE: '5' })

  it('a caller is told when to come back, and others are not held up', async () => {
    const { server } = at
    const [hasty, calm] = [await newVisitor(server), await newVisitor(server)]
    const { id } = await startSession(server, hasty)
    const send = () => ask(server, `POST /api/chat/send-message/${id}`, hasty, { message: 'x' })
    for (let n = 0; n < 5; n++) expect((await send()).status).toBe(201)
    const sixth = await send()
    expect([sixth.status, sixth.body.error]).toEqual([429, 'rate_limited'])
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0)
    const read = () => ask(server, `GET /api/chat/messages/${id}`, hasty)
    const statuses: number[] = []
    for (let n = 0; n < 20; n++) statuses.push((await read()).status)
    expect(statuses.at(-1)).toBe(429)
    expect(statuses[0]).toBe(200)
    expect((await startSession(server, calm)).status).toBe('waiting')
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
  })
})
