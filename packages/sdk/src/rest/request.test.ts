import { describe, expect, it } from 'vitest'
import { ParleyError } from '../errors.ts'
import { createSimClock } from '../testing/sim-clock.ts'
import { NOBODY, type Rest, request, spellRequest } from './request.ts'
import { ROUTES } from './routes.ts'

const answering = (answer: () => Promise<Response>): Rest => ({
  url: 'https://chat.example.com',
  routes: ROUTES,
  environment: { fetch: answer, clock: createSimClock().clock },
})
const json = (body: unknown, init?: ResponseInit) => answering(async () => Response.json(body, init))
const failureOf = async (rest: Rest) => {
  try {
    await request(rest, 'auth.me')
  } catch (error) {
    return ParleyError.of(error)
  }
  throw new Error('it did not fail')
}

describe('a request', () => {
  it('puts parameters into the path, the rest of a GET into the query', () => {
    const route = ROUTES['message.list']
    expect(spellRequest(route, { sessionId: 'a/b', limit: 5, beforeSeq: null }, NOBODY).path).toBe(
      '/api/chat/messages/a%2Fb?limit=5',
    )
    expect(spellRequest(route, { sessionId: 'a' }, NOBODY).path).toBe('/api/chat/messages/a')
  })

  it('carries a token as a header, and a cookie only with the console’s own', () => {
    const route = ROUTES['session.end']
    const token = spellRequest(route, { sessionId: 'a' }, { token: 't', cookie: false }).init
    expect(token).toMatchObject({ credentials: 'omit', headers: { Authorization: 'Bearer t' } })
    expect(token.headers).not.toHaveProperty('X-Parley')
    const cookie = spellRequest(route, { sessionId: 'a' }, { token: null, cookie: true }).init
    expect(cookie).toMatchObject({ credentials: 'same-origin', headers: { 'X-Parley': '1' } })
    const query = spellRequest(ROUTES['auth.me'], {}, { token: null, cookie: true }).init
    expect(query.headers).not.toHaveProperty('X-Parley')
  })

  it('fails with what the server says', async () => {
    const details = [{ path: 'name', message: 'is missing' }]
    const body = { success: false, message: 'Nope', error: 'rate_limited', details, requestId: 'r1' }
    const error = await failureOf(json(body, { status: 429, headers: { 'Retry-After': '7' } }))
    expect(error).toMatchObject({
      code: 'rate_limited',
      message: 'Nope',
      details,
      requestId: 'r1',
      retryAfterMs: 7000,
    })
    expect(error.retry).toBe(true)
  })

  it.each([
    [413, 'payload_too_large', false],
    [502, 'unavailable', true],
    [401, 'unauthorized', false],
  ])('understands a proxy that answers %i for the server', async (status, code, retry) => {
    const error = await failureOf(answering(async () => new Response('<html>', { status })))
    expect(error).toMatchObject({ code, retry, retryAfterMs: null })
  })

  it('takes a good status with a page for no answer', async () => {
    expect(await failureOf(answering(async () => new Response('<html>')))).toMatchObject({
      code: 'unavailable',
    })
  })

  it('is unreachable without a network, and when nothing comes in 20 seconds', async () => {
    const refused = () => Promise.reject(new TypeError('fetch failed'))
    expect(await failureOf(answering(refused))).toMatchObject({ code: 'unreachable', retry: true })

    const time = createSimClock()
    const never = (_url: unknown, init?: RequestInit) =>
      new Promise<Response>((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      })
    const failing = failureOf({ ...answering(refused), environment: { fetch: never, clock: time.clock } })
    await time.advance(20_000)
    expect(await failing).toMatchObject({ code: 'unreachable' })
    expect(time.pending()).toBe(0)
  })

  it('reads health without an envelope, up or down', async () => {
    const health = { status: 'down', message: 'The database is down' }
    const rest = json(health, { status: 503 })
    expect(await request(rest, 'health.get')).toEqual(health)
  })

  it('is refused here where the page has no such route', async () => {
    const rest = { ...json({}), routes: {} }
    expect(await failureOf(rest)).toMatchObject({ code: 'not_found' })
  })
})
