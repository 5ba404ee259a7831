import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Doors, openDoors } from '../support/doors.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors({
    settings: { production: true, frontendUrls: ['https://shop.example.com'] },
    siteOrigins: ['https://site.example.com'],
  })
})
afterAll(() => doors.close())

const operators = (headers: Record<string, string>, method = 'GET') =>
  fetch(`${doors.url}/api/operators`, { method, headers: { authorization: 'Bearer admin', ...headers } })

describe('CORS', () => {
  it.each([
    ['https://shop.example.com', 200],
    ['https://site.example.com', 200],
    ['https://evil.example.com', 403],
    ['http://localhost:5173', 403],
    ['null', 403],
  ])('%s → %i', async (origin, status) => {
    const response = await operators({ origin })
    expect(response.status).toBe(status)
    expect(response.headers.get('access-control-allow-origin')).toBe(status === 200 ? origin : null)
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it('needs no header for the server’s own pages', async () => {
    const response = await operators({ origin: doors.url })
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, null])
  })

  it('answers a preflight without a credential', async () => {
    const response = await fetch(`${doors.url}/api/operators`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example.com', 'access-control-request-method': 'PATCH' },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-methods')).toContain('PATCH')
    expect(response.headers.get('access-control-allow-headers')).toContain('x-api-key')
    const stranger = await fetch(`${doors.url}/api/operators`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example.com', 'access-control-request-method': 'PATCH' },
    })
    expect(stranger.status).toBe(403)
  })
})

describe('headers', () => {
  it('lets nothing be framed, sniffed or told to others', async () => {
    const { headers } = await operators({})
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('strict-transport-security')).toBeNull()
  })
})

/** What comes back for bytes that no HTTP client would send. */
const raw = (bytes: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(doors.port, '127.0.0.1', () => socket.end(bytes))
    const chunks: Buffer[] = []
    socket.on('data', chunk => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
  })

describe('nonsense', () => {
  it.each([
    'hello\r\n\r\n',
    'GET /api/health HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
    'GET /api/health HTTP/9.9\r\n\r\n',
    `GET /api/health HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
  ])('is answered with 400', async bytes => {
    expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 400 /)
    expect((await fetch(`${doors.url}/api/health`)).status).toBe(200)
  })

  it('is no reason to hang: an upgrade whose client goes away', async () => {
    expect(
      await raw('GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    ).toMatch(/^HTTP\/1\.1 401/)
    expect(doors.faults).toEqual([])
  })
})
