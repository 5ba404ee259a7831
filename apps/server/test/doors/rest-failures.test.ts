import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { Failure } from '@parley/contracts'
import { operationExamples } from '@parley/contracts/examples'
import { StoreUnavailable } from '@parley/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Doors, openDoors } from '../support/doors.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})
afterAll(() => doors.close())

/** As much of a request as says that more will come, and then a reset. */
async function leaveInTheMiddle({ port, app }: Doors, path: string): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer visitor\r\n`
  socket.write(`${head}Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"name":`)
  const [request] = (await once(app.server, 'request')) as [IncomingMessage]
  const closed = new Promise(resolve => request.once('close', resolve))
  socket.resetAndDestroy()
  await closed
}

const admin = { authorization: 'Bearer admin' }

describe('bodies that are no good', () => {
  const post = (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) =>
    fetch(`${doors.url}/api/chat/start-session`, {
      method: 'POST',
      headers: { authorization: 'Bearer visitor', ...headers },
      body,
    })

  const deep = '{"metadata":'.padEnd(30_000, '[').padEnd(60_000, ']')
  it.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string> | undefined, number, string]>([
    ['no JSON', '{"name":', undefined, 400, 'validation_failed'],
    ['a list', '[]', undefined, 400, 'validation_failed'],
    ['a text', '"hello"', undefined, 400, 'validation_failed'],
    ['a number', '7', undefined, 400, 'validation_failed'],
    [
      'no UTF-8',
      new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
      undefined,
      400,
      'validation_failed',
    ],
    ['nested without end', `${deep}}`, undefined, 400, 'validation_failed'],
    ['over 64 KiB', JSON.stringify({ name: 'x'.repeat(70_000) }), undefined, 413, 'payload_too_large'],
    ['plain text', 'name=Lin', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    [
      'a form',
      'name=Lin',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported_media_type',
    ],
    ['no type', new Uint8Array([1, 2]), { 'content-type': '' }, 415, 'unsupported_media_type'],
    [
      'compressed',
      '{}',
      { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      415,
      'unsupported_media_type',
    ],
  ])('%s', async (_, body, headers, status, error) => {
    const before = doors.called.length
    const response = await post(body, headers)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ success: false, error })
    expect(doors.called).toHaveLength(before)
  })

  it.each([
    ['/api/nothing', 404],
    ['/api/chat/session/', 404],
    ['/nothing', 404],
    ['/api/chat/session/%zz', 404],
    [`/api/chat/session/${'x'.repeat(65)}`, 400],
    ['/api/chat/session/a%2Fb', 400],
    ['/api/chat/session/%00', 400],
    ['/api/chat/messages/s1?limit=1&limit=2', 400],
  ])('%s is %i, in the envelope', async (path, status) => {
    const response = await fetch(doors.url + path, { headers: admin })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ success: false })
  })

  it.each(['/api/chat/start-session', '/trpc/session.start'])(
    'cut short by a client that leaves %s are no fault of ours',
    async path => {
      for (let n = 0; n < 5; n++) await leaveInTheMiddle(doors, path)
      expect((await post('{}')).status).toBe(201)
      expect(doors.faults).toEqual([])
    },
  )

  it('lives on', () => {
    expect(doors.faults).toEqual([])
  })
})

describe('failures', () => {
  it.each<[string, () => Promise<never>, number, string, boolean]>([
    ['a refusal', () => Promise.reject(new Failure('session_ended')), 409, 'session_ended', false],
    ['an outage', () => Promise.reject(new StoreUnavailable('secret host')), 503, 'unavailable', true],
    ['a bug', () => Promise.reject(new Error('secret in a text')), 500, 'internal', true],
    [
      'a lost connection',
      () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })),
      503,
      'unavailable',
      true,
    ],
  ])('%s', async (_, handler, status, error, reported) => {
    const other = await openDoors({ handlers: { 'session.get': handler } })
    const response = await fetch(`${other.url}/api/chat/session/s1`, { headers: admin })
    const body = await response.text()
    await other.close()
    expect(response.status).toBe(status)
    expect(JSON.parse(body)).toMatchObject({ error })
    expect(body).not.toContain('secret')
    expect(other.faults.length > 0).toBe(reported)
  })

  it('is a fault of ours to answer something else than the contract says', async () => {
    const wrong = { ...operationExamples['session.get'].output, status: 'asleep' as 'active' }
    const other = await openDoors({ handlers: { 'session.get': () => Promise.resolve(wrong) } })
    const response = await fetch(`${other.url}/api/chat/session/s1`, { headers: admin })
    await other.close()
    expect(response.status).toBe(500)
    expect(other.faults).toHaveLength(1)
  })

  it('says when to come back', async () => {
    const other = await openDoors({ rateLimitPerMinute: 2 })
    const ask = () => fetch(`${other.url}/api/operators`, { headers: admin })
    const statuses = [(await ask()).status, (await ask()).status]
    const refused = await ask()
    const byKey = await fetch(`${other.url}/api/operators`, { headers: { 'x-api-key': 'key' } })
    await other.close()
    expect(statuses).toEqual([200, 200])
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
    expect(await refused.json()).toMatchObject({
      error: 'rate_limited',
      message: expect.stringContaining('seconds'),
    })
    expect(byKey.status).toBe(200)
  })

  it('limits guessing at credentials by the address', async () => {
    const other = await openDoors({ rateLimitPerMinute: 2 })
    const guess = async (key: string) =>
      (await fetch(`${other.url}/api/operators`, { headers: { 'x-api-key': key } })).status
    const statuses = [await guess('a'), await guess('b'), await guess('c')]
    await other.close()
    expect(statuses).toEqual([401, 401, 429])
  })
})
