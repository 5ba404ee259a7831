import { REST, type RestBinding } from '@parley/contracts'
import { fieldFor, operationExamples, payloadFor } from '@parley/contracts/examples'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Doors, openDoors } from '../support/doors.ts'

interface Envelope {
  readonly success: boolean
  readonly data?: unknown
  readonly message?: string
  readonly error?: string
  readonly details?: { readonly path: string; readonly message: string }[]
  readonly requestId?: string
}

const json = async (response: Response) => (await response.json()) as Envelope
const admin = { authorization: 'Bearer admin' }
/** Somebody who may call it, by what the operation says of who may. */
const callerOf = ({ operation }: RestBinding): Record<string, string> =>
  ['session.start', 'auth.identify'].includes(operation) ? { authorization: 'Bearer visitor' } : admin

/** Where a query says a number, it says its text. */
const NUMBERS = ['page', 'limit', 'beforeSeq', 'afterSeq']
const fitsQuery = ([name, value]: [string, unknown]): boolean =>
  typeof value === 'string' ? !/\p{Surrogate}/u.test(value) : NUMBERS.includes(name)

/** A payload as a client sends it over this route; null where a path or a query can't say it. */
function sent(binding: RestBinding, payload: unknown): { path: string; body: string | null } | null {
  const rest = payloadFor(binding, payload as object)
  let path = binding.path
  for (const [, name = ''] of binding.path.matchAll(/:(\w+)/g)) {
    const value = rest[name]
    if (typeof value !== 'string' || value === '' || /\p{Surrogate}/u.test(value)) return null
    path = path.replace(`:${name}`, encodeURIComponent(value))
    delete rest[name]
  }
  if (binding.method !== 'GET') return { path, body: JSON.stringify(rest) }
  if (!Object.entries(rest).every(fitsQuery)) return null
  const query = new URLSearchParams(
    Object.entries(rest).map(([name, value]) => [name, String(value)] as [string, string]),
  )
  return { path: query.size > 0 ? `${path}?${query}` : path, body: null }
}

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})
afterAll(() => doors.close())

const call = (
  binding: RestBinding,
  payload: unknown,
  headers: Record<string, string> = callerOf(binding),
) => {
  const request = sent(binding, payload)
  if (request === null) return null
  const type: Record<string, string> = request.body === null ? {} : { 'content-type': 'application/json' }
  return fetch(doors.url + request.path, {
    method: binding.method,
    headers: { ...type, ...headers },
    body: request.body,
  })
}

const routes = REST.map(binding => [`${binding.method} ${binding.path}`, binding] as const)
const route = (name: string) => routes.find(([known]) => known === name)![1]

describe.each(routes)('%s', (_, binding) => {
  const { valid, invalid } = operationExamples[binding.operation]
  const sayable = valid.filter(payload => sent(binding, payload) !== null)

  it.each(sayable)('answers %j in the documented form', async payload => {
    const response = await call(binding, payload)
    const body = await json(response!)
    expect(response!.status).toBeLessThan(300)
    expect(binding.data.safeParse(binding.bare ? body : body.data).error).toBeUndefined()
    expect(binding.bare ? true : body.success).toBe(true)
  })

  it.each(invalid)('refuses $payload for $at', async ({ payload, at }) => {
    const response = await call(binding, payload)
    if (response === null) return
    const before = doors.called.length
    const body = await json(response)
    expect({ status: response.status, error: body.error }).toEqual({
      status: 400,
      error: 'validation_failed',
    })
    expect(body.details?.map(problem => problem.path)).toContain(fieldFor(binding, at))
    expect(body.message).toContain(body.details?.[0]?.path)
    expect(doors.called).toHaveLength(before)
  })

  it('is 401 without a credential, unless it is open to anyone', async () => {
    const response = await call(binding, sayable[0], {})
    const open = [
      'auth.token',
      'auth.login',
      'auth.send-code',
      'auth.verify-code',
      'auth.refresh',
      'console.sign-in',
      'site.widget',
      'health.get',
      'root.get',
    ]
    expect(response!.status === 401).toBe(!open.includes(binding.operation))
  })
})

describe('statuses and forms', () => {
  it('creates with 201, and is 200 where it was there', async () => {
    const start = route('POST /api/chat/start-session')
    expect((await call(start, {}))!.status).toBe(201)
    const { output } = operationExamples['session.start']
    const other = await openDoors({
      handlers: { 'session.start': async () => ({ ...output, created: false }) },
    })
    const response = await fetch(`${other.url}/api/chat/start-session`, {
      method: 'POST',
      headers: { authorization: 'Bearer visitor' },
    })
    await other.close()
    expect(response.status).toBe(200)
  })

  it('gives lists their pagination', async () => {
    const response = await call(route('GET /api/chat/sessions/active'), { page: 1 })
    expect(await response!.json()).toHaveProperty('pagination', {
      page: 1,
      limit: 20,
      total: 1,
      totalPages: 1,
    })
  })

  it('answers health without the envelope, and 503 when it is down', async () => {
    const { output } = operationExamples['health.get']
    const other = await openDoors({ handlers: { 'health.get': async () => ({ ...output, status: 'down' }) } })
    const response = await fetch(`${other.url}/api/health`)
    await other.close()
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ status: 'down', checks: { database: 'up' } })
  })

  it('lets the path win over the body, the body over the query', async () => {
    const url = `${doors.url}/api/chat/end-session/of-path?reason=of-query`
    await fetch(url, {
      method: 'POST',
      headers: { ...admin, 'content-type': 'application/json' },
      body: JSON.stringify({ sessionId: 'of-body', reason: 'of-body' }),
    })
    expect(doors.called.at(-1)?.input).toEqual({ sessionId: 'of-path', reason: 'of-body' })
  })

  it('takes a command without a body, and a slash at the end', async () => {
    const response = await fetch(`${doors.url}/api/chat/end-session/s1/`, {
      method: 'POST',
      headers: { ...admin, 'content-type': 'application/json' },
    })
    expect(response.status).toBe(200)
  })

  it('drops unknown fields', async () => {
    await call(route('POST /api/chat/start-session'), {
      name: 'Lin',
      isAdmin: true,
      __proto__: { role: 'admin' },
    })
    expect(doors.called.at(-1)?.input).toEqual({ name: 'Lin' })
  })

  it('answers HEAD like GET, without a body', async () => {
    const response = await fetch(`${doors.url}/api/health`, { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  it('speaks Chinese to who asks for it', async () => {
    const response = await fetch(`${doors.url}/api/operators`, { headers: { 'accept-language': 'zh-CN' } })
    expect((await json(response)).message).toContain('请先登录')
  })

  it('gives every answer an id, the caller’s own if it has one', async () => {
    const given = await fetch(`${doors.url}/api/operators`, { headers: { 'x-request-id': 'my-request-1' } })
    expect(given.headers.get('x-request-id')).toBe('my-request-1')
    expect((await json(given)).requestId).toBe('my-request-1')
    const made = await fetch(`${doors.url}/api/operators`, { headers: { 'x-request-id': 'no good\tid' } })
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})
