import { connect } from 'node:net'
import { operationsByName, REST, type WireSession } from '@parley/contracts'
import { operationExamples } from '@parley/contracts/examples'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, refusal } from '../support/http.ts'
import { adminToken, end, type Identity, newUser, newVisitor, startSession } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'
import {
  BAD_BODIES,
  type BadRequest,
  badRequest,
  credential,
  nameOf,
  pathOf,
  sendRaw,
  WITH_BODY,
  type Wires,
} from './requests.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

const bad: BadRequest[] = REST.flatMap(binding =>
  operationExamples[binding.operation].invalid.flatMap((example, n) => {
    const request = badRequest(binding, example, `${nameOf(binding)} #${n} (${example.at})`)
    return request ? [request] : []
  }),
)
/** Whose operation needs some credential. */
const closed = REST.filter(
  ({ operation }) => !(operationsByName[operation].who as readonly string[]).includes('anyone'),
)

/** The documented answer, the process alive, nothing stored. */
describe.skipIf(!HAS_DATABASE)('bad input over REST', () => {
  const at = useServer()
  let wires: Wires
  let visitor: Identity
  let session: WireSession
  let before: Readonly<Record<string, string>>
  let pid: number
  beforeAll(async () => {
    const { server } = at
    const admin = await adminToken(server)
    visitor = await newVisitor(server, 'Lin')
    session = await startSession(server, visitor)
    await ask(server, `POST /api/chat/send-message/${session.id}`, visitor, { message: 'Hi' })
    wires = { url: server.url, adminToken: admin.token, visitorToken: visitor.token }
    pid = server.pid
    before = await server.database.contents()
  })
  afterAll(async () => {
    const { server } = at
    expect(await server.database.contents()).toEqual(before)
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
    expect(server.pid).toBe(pid)
    expect(server.output()).not.toMatch(/"level":"(error|fatal)"/)
  })

  it('is tried on every route that takes input', () => {
    const tried = new Set(bad.map(({ binding }) => binding.operation))
    const takesInput = REST.filter(({ operation }) => operationExamples[operation].invalid.length > 0)
    expect(takesInput.filter(({ operation }) => !tried.has(operation)).map(nameOf)).toEqual([])
    expect(bad.length).toBeGreaterThan(150)
  })

  it.each(bad)('$name is refused, and the field named', async ({ binding, path, body, at: field }) => {
    const headers = { ...credential(operationsByName[binding.operation].who, wires), ...(body && JSON_TYPE) }
    const answer = await sendRaw(wires, binding, path, headers, body && JSON.stringify(body))
    // A path that is no text at all leads to no route.
    if (path.includes('%ED%A0%80') && answer.status === 404) return
    expect([answer.status, answer.body['error']]).toEqual([400, 'validation_failed'])
    expect(answer.body).toMatchObject({
      success: false,
      message: expect.any(String),
      requestId: expect.any(String),
    })
    if (field !== '') expect(JSON.stringify(answer.body['details'])).toContain(`"${field}"`)
  })

  describe.each(WITH_BODY)('$method $path', binding => {
    it.each(BAD_BODIES)('takes no %s', async (_, body, headers, expected) => {
      const by = credential(operationsByName[binding.operation].who, wires)
      const answer = await sendRaw(wires, binding, pathOf(binding), { ...JSON_TYPE, ...by, ...headers }, body)
      expect(`${answer.status} ${String(answer.body['error'])}`).toBe(expected)
    })
  })

  it.each(closed)('$method $path needs a credential, a good one, and one that is enough', async binding => {
    const path = pathOf(binding, { sessionId: session.id })
    const answerTo = async (headers: Readonly<Record<string, string>>) => {
      const { status, body } = await sendRaw(wires, binding, path, headers)
      return `${status} ${String(body['error'])}`
    }
    const [head = '', claims = '', signature = ''] = visitor.token.split('.')
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    for (const authorization of [
      '',
      'Bearer',
      'Bearer x',
      `Bearer ${head}.${claims}.`,
      `Bearer ${none}.${claims}.`,
      `Bearer ${head}.${claims}x.${signature}`,
      'Basic YTpi',
    ])
      expect(await answerTo(authorization === '' ? {} : { authorization }), authorization).toBe(
        '401 unauthorized',
      )
    expect(await answerTo({ 'x-api-key': 'not-a-key' })).toBe('401 unauthorized')
    const { who } = operationsByName[binding.operation]
    if (!who.some(one => ['customer', 'person', 'self', 'party'].includes(one)))
      expect(await answerTo({ authorization: `Bearer ${visitor.token}` })).toBe('403 forbidden')
  })

  it('a session of others is not there, whatever is asked of it', async () => {
    const { server } = at
    const other = await newVisitor(server)
    const of = session.id
    for (const call of [`GET /api/chat/session/${of}`, `GET /api/chat/messages/${of}`])
      expect(await refusal(ask(server, call, other))).toBe('404 not_found')
    for (const call of [
      `POST /api/chat/send-message/${of}`,
      `POST /api/chat/end-session/${of}`,
      `PUT /api/chat/sessions/${of}/close`,
    ])
      expect(await refusal(ask(server, call, other, { message: 'x' }))).toBe('404 not_found')
  })

  it('what is no path, no method or no HTTP is answered as such', async () => {
    const { server } = at
    for (const path of [
      '/api/%zz',
      '/api/chat/session/',
      '/api//operators',
      '/API/operators',
      '/api/../etc/passwd',
      '/.env',
    ])
      expect((await fetch(server.url + path)).status, path).toBe(404)
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect([404, 405]).toContain((await fetch(`${server.url}/api/health`, { method })).status)
    for (const raw of [
      'GARBAGE\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: a\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
    ])
      expect(await rawStatus(server.port, raw)).toMatch(/^HTTP\/1\.1 4\d\d/)
  })

  it('a body that names what an object inherits changes no object', async () => {
    const { server } = at
    const body = `{"name":"x","__proto__":{"role":"admin","isActive":false},"constructor":{"prototype":{"who":1}},"userId":"inherits/not"}`
    const answer = await sendRaw(
      server,
      { method: 'POST' },
      '/api/chat/start-session',
      { ...JSON_TYPE, ...credential(['key'], wires) },
      body,
    )
    expect(answer.body).toMatchObject({ error: 'validation_failed', details: [{ path: 'userId' }] })
  })
})

describe.skipIf(!HAS_DATABASE)('a session that has ended', () => {
  const at = useServer()

  it('refuses what would change it, and stores nothing', async () => {
    const { server } = at
    const user = await newUser(server, 'lin')
    const { id } = await startSession(server, user)
    await end(server, id, user)
    const before = await server.database.contents()
    const post = (path: string, body: unknown, by: Identity | { key: true } = { key: true }) =>
      refusal(ask(server, `POST ${path}`, by, body))
    expect(await post(`/api/chat/send-message/${id}`, { message: 'x' }, user)).toBe('409 session_ended')
    expect(await post(`/api/chat/send-message/${id}`, { message: 'x', senderId: 'lin' })).toBe(
      '409 session_ended',
    )
    expect(await post('/api/operators/assign', { sessionId: id })).toBe('409 session_ended')
    expect(await post('/api/operators/assign', { sessionId: id, operatorId: 'nobody' })).toMatch(/^4/)
    expect(await post('/api/operators/assign', { sessionId: id, toQueue: true })).toBe('409 session_ended')
    expect(await post(`/api/chat/end-session/${id}`, {}, user)).toBe('200 success')
    expect(await server.database.contents()).toEqual(before)
  })
})

/** The first line of what the server answers to these bytes. */
function rawStatus(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', chunk => {
      heard += String(chunk)
      socket.end()
    })
    socket.once('close', () => resolve(heard.split('\r\n', 1)[0] ?? ''))
    socket.once('error', reject)
  })
}
