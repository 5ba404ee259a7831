import { createHash } from 'node:crypto'
import type { WireMessage, WireSession } from '@parley/contracts'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { useEars } from '../support/ear.ts'
import { ask, type Body, type Credential, refusal } from '../support/http.ts'
import { type Identity, newAgent, newUser, newVisitor, startSession } from '../support/people.ts'
import { HAS_DATABASE, type TestServer, useServer } from '../support/server.ts'
import { headersOf, upload } from '../support/upload.ts'

const KEY = { key: true } as const
/** One pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const TEXT = 'Order 4711 — 订单\n'.repeat(100)

const fetched = (server: TestServer, url: string, by: Credential = {}) =>
  fetch(server.url + url, { headers: headersOf(by) })

const statusOf = async (server: TestServer, url: string, by: Credential = {}) => {
  const response = await fetched(server, url, by)
  await response.body?.cancel()
  return response.status
}

/** `POST /api/files` of api.md §4, with what a browser has: fetch and FormData. */
describe.skipIf(!HAS_DATABASE)('files', () => {
  const at = useServer({ FILE_MAX_BYTES: '100000' })
  const open = useEars(at)
  let visitor: Identity
  let agent: Identity
  let session: WireSession
  beforeAll(async () => {
    const { server } = at
    agent = await newAgent(server, 'ann')
    const ear = await open(agent)
    await ear.call('session:watch', { list: 'mine' })
    visitor = await newVisitor(server, 'Lin Wei')
    session = await startSession(server, visitor)
    expect(session.operatorId).toBe('ann')
  })
  const send = (by: Credential, body: unknown) =>
    ask<WireMessage>(at.server, `POST /api/chat/send-message/${session.id}`, by, body)

  it('are kept byte by byte; pictures are made anew', async () => {
    const { server } = at
    const text = await upload(server, visitor, TEXT, '订单.txt')
    expect(text).toMatchObject({
      status: 201,
      body: {
        success: true,
        data: { fileName: '订单.txt', fileSize: Buffer.byteLength(TEXT), mimeType: 'text/plain' },
      },
    })
    const answer = await fetched(server, text.body.data.fileUrl)
    const sum = (content: string) => createHash('sha256').update(content).digest('hex')
    expect(sum(await answer.text())).toBe(sum(TEXT))
    expect(answer.headers.get('content-disposition')).toContain("filename*=UTF-8''%E8%AE%A2%E5%8D%95.txt")
    const picture = await upload(server, KEY, PNG, 'pixel')
    expect(picture.body.data).toMatchObject({ mimeType: 'image/png', width: 1, height: 1 })
    expect(await statusOf(server, picture.body.data.thumbnailUrl ?? '')).toBe(200)
  })

  it('are limited by size and by what they are, not by their names', async () => {
    const { server } = at
    const refused = async (content: Uint8Array | string, name: string) => {
      const { status, body } = await upload(server, visitor, content, name)
      return `${status} ${body.error}`
    }
    expect(await refused('x'.repeat(100_001), 'a.txt')).toBe('413 payload_too_large')
    expect(await refused('<svg xmlns="http://www.w3.org/2000/svg"/>', 'a.png')).toBe(
      '415 unsupported_media_type',
    )
    expect(await refused('<!doctype html><p>Hi', 'a.txt')).toBe('415 unsupported_media_type')
    expect(await refused(PNG.subarray(0, 50), 'a.png')).toBe('415 unsupported_media_type')
    expect(await refused('', 'a.txt')).toBe('400 validation_failed')
    expect(await refusal(ask(server, 'POST /api/files', visitor, { file: 'a' }))).toBe(
      '415 unsupported_media_type',
    )
    expect((await upload(server, {}, TEXT, 'a.txt')).status).toBe(401)
  })

  it('go with messages: heard by the others, signed, with what the server knows of them', async () => {
    const { server } = at
    const ear = await open(agent)
    await ear.call('join_session', { sessionId: session.id })
    const { data } = (await upload(server, visitor, PNG, 'pixel.png')).body
    const said = { fileUrl: data.fileUrl, fileSize: 1, fileName: '我.png', messageType: 'image' }
    const sent = await send(visitor, said)
    expect(sent.body.data).toMatchObject({
      ...{ messageType: 'image', content: '', fileName: '我.png', fileSize: data.fileSize },
      fileMeta: { mimeType: 'image/png', width: 1, height: 1, durationMs: null },
    })
    const heard = await ear.hears('new_message')
    expect(await statusOf(server, heard.fileUrl ?? '')).toBe(200)
    const list = await ask<WireMessage[]>(server, `GET /api/chat/messages/${session.id}`, agent)
    const shown = list.body.data.at(-1)
    expect(shown?.fileUrl).toMatch(/^\/files\/[\w-]+\?expires=\d+&signature=/)
    expect(await statusOf(server, shown?.fileMeta?.thumbnailUrl ?? '')).toBe(200)
    // Sent on as it came.
    const again = await send(agent, { fileUrl: shown?.fileUrl })
    expect(again).toMatchObject({
      status: 201,
      body: { data: { fileName: 'pixel.png', messageType: 'file' } },
    })
  })

  it('are for who may read a message with them, and for nobody else to send', async () => {
    const { server } = at
    const { data } = (await upload(server, visitor, TEXT, 'a.txt')).body
    const [bare = ''] = data.fileUrl.split('?')
    const stranger = await newUser(server, 'stranger')
    const statuses = () =>
      Promise.all([{}, visitor, agent, stranger, KEY].map(by => statusOf(server, bare, by)))
    expect(await statuses()).toEqual([401, 200, 404, 404, 200])
    const bad = '400 validation_failed'
    expect(await refusal(send(agent, { fileUrl: bare }))).toBe(bad)
    for (const fileUrl of ['/files/none', '/files/../x', 'https://evil.example/a.png', 'javascript:alert(1)'])
      expect(await refusal(send(visitor, { fileUrl }))).toBe(bad)
    await send(visitor, { fileUrl: bare })
    expect(await statuses()).toEqual([401, 200, 200, 404, 200])
  })

  it('are sent in parts to players', async () => {
    const { server } = at
    const { data } = (await upload(server, visitor, TEXT, 'a.txt')).body
    const part = await fetch(server.url + data.fileUrl, { headers: { range: 'bytes=6-9' } })
    expect([part.status, await part.text()]).toEqual([206, '4711'])
    expect(part.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('become the picture of a person, for everyone', async () => {
    const { server } = at
    const form = new FormData()
    form.append('avatar', new Blob([PNG]), 'me.png')
    const response = await fetch(`${server.url}/api/user/avatar`, {
      method: 'POST',
      headers: headersOf(visitor),
      body: form,
    })
    const { data } = (await response.json()) as Body<{ avatar: string }>
    const picture = await fetched(server, data.avatar)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp'])
    const { fileUrl } = (await upload(server, visitor, PNG, 'me.png')).body.data
    const other = await ask<{ avatar: string }>(server, 'POST /api/user/avatar', visitor, { avatar: fileUrl })
    expect(await statusOf(server, other.body.data.avatar)).toBe(200)
    expect(await statusOf(server, data.avatar)).toBe(401)
    const profile = await ask<{ avatar: string }>(server, 'GET /api/user/profile', visitor)
    expect(profile.body.data.avatar).toBe(other.body.data.avatar)
  })

  it('are still there after the server was killed', async () => {
    const { server } = at
    const { data } = (await upload(server, visitor, TEXT, 'a.txt')).body
    await server.kill()
    await server.start()
    expect(await (await fetched(server, data.fileUrl)).text()).toBe(TEXT)
  })
})

describe.skipIf(!HAS_DATABASE)('a signed address', () => {
  const at = useServer({ FILE_URL_TTL_MS: '1000' })

  it('ends, and the next answer brings another one', async () => {
    const { server } = at
    const visitor = await newVisitor(server)
    const session = await startSession(server, visitor)
    const { data } = (await upload(server, visitor, TEXT, 'a.txt')).body
    await ask(server, `POST /api/chat/send-message/${session.id}`, visitor, { fileUrl: data.fileUrl })
    await vi.waitFor(async () => expect(await statusOf(server, data.fileUrl)).toBe(401), { timeout: 5000 })
    const list = await ask<WireMessage[]>(server, `GET /api/chat/messages/${session.id}`, visitor)
    expect(await statusOf(server, list.body.data[0]?.fileUrl ?? '')).toBe(200)
  })
})
