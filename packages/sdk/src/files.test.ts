import { describe, expect, it, vi } from 'vitest'
import { ParleyError } from './errors.ts'
import { xhrFetch } from './rest/xhr-fetch.ts'
import { memoryStorage } from './storage.ts'
import { settle } from './testing/sim-clock.ts'
import { createDesk, texts } from './testing/sim-sends.ts'
import { createSimWorld } from './testing/sim-world.ts'
import type { SessionHandle } from './types.ts'

const photo = (name = 'cat.png') => new File(['12345678'], name, { type: 'image/png' })
const states = (handle: SessionHandle) =>
  handle
    .getSnapshot()
    .messages.map(({ type, text, state, file }) => `${type} ${text}${file?.name ?? ''} ${state}`)

describe('a file in a conversation', () => {
  function createTalk() {
    const world = createSimWorld()
    const found = world.server.session('s1', 'lin')
    const session = world.as(world.server.person('lin')).session('s1')
    session.subscribe(() => undefined)
    return { ...world, found, session }
  }

  it('is shown at once, uploaded, and sent', async () => {
    const { session, found, server } = createTalk()
    await settle()
    session.sendFile(photo(), { text: 'Look: ' })
    expect(states(session)).toEqual(['image Look: cat.png waiting'])
    const [waiting] = session.getSnapshot().messages
    expect(waiting).toMatchObject({
      uploading: { loaded: 0, total: 8 },
      file: { url: '', mimeType: 'image/png' },
    })
    await settle()
    expect(states(session)).toEqual(['image Look: cat.png sent'])
    expect(server.files).toEqual(['cat.png'])
    expect(found.messages[0]?.file).toMatchObject({ url: '/files/file-1', name: 'cat.png', size: 8 })
  })

  it('keeps what is written behind it from nothing', async () => {
    const { session, server, time } = createTalk()
    await settle()
    server.failNext.push(new ParleyError('unavailable'))
    session.sendFile(photo())
    session.send('text')
    await settle()
    expect(states(session)).toEqual(['text text sent', 'image cat.png waiting'])
    await time.advance(20_000)
    expect(states(session)).toEqual(['text text sent', 'image cat.png sent'])
  })

  it('that the server will not have is failed, and can be discarded', async () => {
    const { session } = createTalk()
    await settle()
    const id = session.sendFile(new File(['<p>'], 'page.html', { type: 'text/html' }))
    await settle()
    expect(session.getSnapshot().messages).toMatchObject([
      { state: 'failed', code: 'unsupported_media_type', uploading: { total: 3 } },
    ])
    session.discard(id)
    expect(session.getSnapshot().messages).toEqual([])
  })

  it('starts a visitor’s session like a text', async () => {
    const { client, server } = createSimWorld()
    const draft = client({ kind: 'visitor' }).draftSession()
    draft.subscribe(() => undefined)
    draft.sendFile(photo())
    expect(states(draft)).toEqual(['image cat.png waiting'])
    await settle()
    expect(states(draft)).toEqual(['image cat.png sent'])
    expect(server.sessions.size).toBe(1)
  })

  it('does not outlive the page before it is uploaded, and does after', async () => {
    const { client, server, time } = createSimWorld()
    const storage = memoryStorage()
    server.session('s1', 'lin')
    const token = server.person('lin')
    const before = client({ kind: 'token', get: () => token }, storage)
    before.connect()
    await settle()
    server.down()
    before.session('s1').sendFile(photo())
    await settle()
    before.close()
    expect(storage.keys('parley/out/')).toEqual([])
    server.up()
    const after = client({ kind: 'token', get: () => token }, storage).session('s1')
    await after.ready()
    await time.advance(1000)
    expect(after.getSnapshot().messages).toEqual([])
  })
})

describe('the queue', () => {
  it('uploads files side by side and sends them in their order, and texts meanwhile', async () => {
    const { queue, server } = await createDesk()
    server.uploadFates.push('hangs')
    const slow = queue.add('s1', 'slow', { fileName: 'slow' }, null, photo())
    queue.add('s1', 'quick', { fileName: 'quick' }, null, photo())
    queue.add('s1', 'text', {}, null)
    await settle()
    expect(server.uploaded).toEqual(['quick'])
    expect(server.stored.get('s1')).toEqual(['text'])
    expect(texts(queue.of('s1'))).toEqual(['slow', 'quick'])
    expect(queue.of('s1')[0]?.upload).toMatchObject({ loaded: 4 })
    queue.discard(slow.clientMessageId)
    await settle()
    expect(server.stored.get('s1')).toEqual(['text', 'quick'])
  })

  it('holds no file back for one that is refused', async () => {
    const { queue, server, time } = await createDesk()
    server.uploadFates.push('rate_limited', 'taken', 'payload_too_large')
    for (const name of ['large', 'small']) queue.add('s1', name, { fileName: name }, null, photo())
    await settle()
    expect(server.stored.get('s1')).toBeUndefined()
    await time.advance(100_000)
    expect(server.stored.get('s1')).toEqual(['small'])
  })

  it('ends an upload that is discarded, and sends nothing', async () => {
    const { queue, server, time } = await createDesk()
    server.uploadFates.push('hangs')
    const { clientMessageId } = queue.add('s1', 'x', { fileName: 'x' }, null, photo())
    await settle()
    queue.discard(clientMessageId)
    await time.advance(60_000)
    expect(server.uploaded).toEqual([])
    expect(server.tries).toEqual([])
    expect(queue.all()).toEqual([])
  })

  it('repeats an upload that failed for the moment, and at once when there is a connection again', async () => {
    const { queue, server, time } = await createDesk()
    server.uploadFates.push('unreachable', 'rate_limited')
    queue.add('s1', 'x', { fileName: 'x' }, null, photo())
    await settle()
    expect(server.uploaded).toEqual([])
    queue.flush()
    await settle()
    await time.advance(100_000)
    expect(server.uploaded).toEqual(['x'])
    expect(server.stored.get('s1')).toEqual(['x'])
  })

  it('fails one that the server can’t take, and tries it again when asked to', async () => {
    const { queue, server, failed } = await createDesk()
    server.uploadFates.push('payload_too_large')
    const { clientMessageId } = queue.add('s1', 'x', { fileName: 'x' }, null, photo())
    await settle()
    expect(failed).toEqual(['x payload_too_large'])
    queue.retry(clientMessageId)
    await settle()
    expect(server.stored.get('s1')).toEqual(['x'])
  })

  it('keeps an uploaded file’s message like any other', async () => {
    const { queue, server, storage } = await createDesk()
    server.online = false
    queue.add('s1', 'x', { fileName: 'x' }, null, photo())
    await settle()
    expect(server.uploaded).toEqual(['x'])
    const [key = ''] = await storage.keys('parley/out/')
    expect(JSON.parse((await storage.get(key)) ?? '')).toMatchObject({ options: { fileUrl: '/files/x' } })
  })
})

describe('an upload', () => {
  it('answers with the file, in our words', async () => {
    const { as, server } = createSimWorld()
    const client = as(server.person('lin', 'user'))
    const seen: number[] = []
    const file = await client.upload(photo(), { onProgress: loaded => void seen.push(loaded) })
    expect(file).toMatchObject({ url: '/files/file-1', name: 'cat.png', size: 8, mimeType: 'image/png' })
    expect(seen.at(-1)).toBe(8)
    await client.upload(new Blob(['x']), { name: 'notes.txt' })
    expect(server.files).toEqual(['cat.png', 'notes.txt'])
  })

  it('that was cancelled before it began asks nothing', async () => {
    const { as, server } = createSimWorld()
    const client = as(server.person('lin', 'user'))
    const signal = AbortSignal.abort()
    await expect(client.upload(photo(), { signal })).rejects.toMatchObject({ code: 'closed' })
    expect(server.files).toEqual([])
  })
})

/** As far as an upload uses it. */
class FakeXhr {
  static last: FakeXhr | null = null
  readonly upload: { onprogress: ((event: { loaded: number; total: number }) => void) | null } = {
    onprogress: null,
  }
  readonly headers: [string, string][] = []
  withCredentials = false
  status = 0
  responseText = ''
  onload: (() => void) | null = null
  onerror: (() => void) | null = null
  onabort: (() => void) | null = null
  opened: unknown[] = []
  sent: unknown = null
  constructor() {
    FakeXhr.last = this
  }
  open(...request: unknown[]): void {
    this.opened = request
  }
  setRequestHeader = (name: string, value: string) => void this.headers.push([name, value])
  getResponseHeader = (name: string) => (name === 'Retry-After' ? '7' : null)
  send(body: unknown): void {
    this.sent = body
  }
  abort = () => this.onabort?.()
}

describe('fetch over XMLHttpRequest', () => {
  const begin = (signal?: AbortSignal) => {
    const shares: number[] = []
    const fetch = xhrFetch(FakeXhr as unknown as typeof XMLHttpRequest, share => void shares.push(share))
    const body = new FormData()
    const answer = fetch('https://chat.example.com/api/files', {
      method: 'POST',
      headers: { Authorization: 'Bearer t' },
      credentials: 'omit',
      body,
      ...(signal && { signal }),
    })
    const xhr = FakeXhr.last
    if (!xhr) throw new Error('none was made')
    return { answer, xhr, shares, body }
  }

  it('brings the same request, says how far it has gone, and answers as fetch does', async () => {
    const { answer, xhr, shares, body } = begin()
    expect(xhr.opened).toEqual(['POST', 'https://chat.example.com/api/files'])
    expect(xhr.headers).toEqual([['authorization', 'Bearer t']])
    expect(xhr.withCredentials).toBe(false)
    expect(xhr.sent).toBe(body)
    xhr.upload.onprogress?.({ loaded: 1, total: 4 })
    expect(shares).toEqual([0.25])
    Object.assign(xhr, { status: 429, responseText: '{"success":false}' })
    xhr.onload?.()
    const response = await answer
    expect(response.status).toBe(429)
    expect(response.headers.get('Retry-After')).toBe('7')
    expect(await response.json()).toEqual({ success: false })
  })

  it('fails like fetch, also when it is ended', async () => {
    const lost = begin()
    lost.xhr.onerror?.()
    await expect(lost.answer).rejects.toBeInstanceOf(TypeError)
    const stop = new AbortController()
    const ended = begin(stop.signal)
    stop.abort()
    await expect(ended.answer).rejects.toBeInstanceOf(TypeError)
  })

  it('gives up an upload of which nothing moves for a minute, and not one that moves', async () => {
    const world = createSimWorld()
    const token = world.server.person('lin', 'user')
    const client = world.client({ kind: 'token', get: () => token }, undefined, {
      environment: { XMLHttpRequest: FakeXhr as unknown as typeof XMLHttpRequest },
    })
    const outcome = vi.fn<(error: unknown) => void>()
    client.upload(photo()).catch(outcome)
    await settle()
    await world.time.advance(50_000)
    FakeXhr.last?.upload.onprogress?.({ loaded: 1, total: 2 })
    await world.time.advance(50_000)
    expect(outcome).not.toHaveBeenCalled()
    await world.time.advance(11_000)
    expect(outcome.mock.calls[0]?.[0]).toMatchObject({ code: 'unreachable' })
  })
})
