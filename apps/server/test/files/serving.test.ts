import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/adapters/postgres/connect.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { DAY } from '../accounts/world.ts'
import { type FilesWorld, filesWorld } from './files-world.ts'
import { pdf, picture, wav } from './samples.ts'

describe.each(testDatabases)('GET /files/:fileId, on $name', ({ open }) => {
  let database: Database
  let at: FilesWorld
  beforeAll(async () => {
    database = await open()
    at = await filesWorld(database)
  })
  afterAll(async () => {
    await at.stop()
    await database.close()
  })

  const kept = async (by = 'user:ada') => (await at.upload(by, 'abcdefghij', 'letters.txt')).data
  const status = async (path: string, by: string | null = null) => (await at.get(path, by)).status

  describe('a signed address', () => {
    let url: string
    beforeEach(async () => {
      url = (await kept()).fileUrl
    })

    it('needs no credential, and is good whatever credential comes along', async () => {
      expect(await (await at.get(url)).text()).toBe('abcdefghij')
      expect(await status(url, 'user:eve')).toBe(200)
      expect(await status(url, 'nobody')).toBe(200)
    })

    it('is good for its own file, to its end, as it was signed', async () => {
      const other = (await kept()).fileUrl
      const [path = '', query = ''] = url.split('?')
      const parameters = new URLSearchParams(query)
      const expires = parameters.get('expires') ?? ''
      const signature = parameters.get('signature') ?? ''
      const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)
      for (const bad of [
        path,
        `${other.split('?')[0]}?${query}`,
        `${path}?expires=${Number(expires) + 1}&signature=${signature}`,
        `${path}?expires=${expires}&signature=${flipped}`,
        `${path}?expires=${expires}&signature=${signature}&signature=${signature}`,
        `${path}?expires=${expires}&signature=`,
        `${path}?expires=${expires}`,
        `${path}?signature=${signature}`,
        `${path}?expires=${expires}&signature=${signature.slice(0, 20)}`,
      ])
        expect([bad, await status(bad)]).toEqual([bad, 401])
    })

    it('lasts as long as it should, and no longer; its copies no longer than it', async () => {
      at.clock.pass(DAY)
      const answer = await at.get(url)
      expect(answer.status).toBe(200)
      const [, seconds] =
        /^private, max-age=(\d+), immutable$/.exec(answer.headers.get('cache-control') ?? '') ?? []
      expect(Number(seconds)).toBeLessThanOrEqual(DAY / 8000)
      at.clock.pass(DAY / 8)
      expect(await status(url)).toBe(401)
    })

    it('is the same one for a while, so that browsers find it again', () => {
      at.clock.pass(DAY / 8 - (at.clock.now() % (DAY / 8)))
      const first = at.files.urls.sign('/files/a')
      at.clock.pass(DAY / 8 - 1)
      expect(at.files.urls.sign('/files/a')).toBe(first)
      at.clock.pass(1)
      expect(at.files.urls.sign('/files/a')).not.toBe(first)
    })

    it('is in every message that leaves the store, and not in the store', async () => {
      const { id } = await kept()
      const session = await at.session('private', 'ada', 'bob')
      const messageId = await at.say(session, 'ada', id)
      const message = await at.store.message(messageId)
      expect(message?.file?.url).toMatch(new RegExp(`^/files/${id}\\?expires=\\d+&signature=`))
      expect(await status(message?.file?.url ?? '')).toBe(200)
      const [shown] = await at.store.sessions([session], 'bob')
      expect(shown?.lastMessage?.file?.url).toBe(message?.file?.url)
      const row = await database.prisma.message.findUniqueOrThrow({ where: { id: messageId } })
      expect(row.file).toMatchObject({ url: `/files/${id}` })
    })
  })

  describe('without a good signature', () => {
    it('is for who may read a message with it', async () => {
      const { id } = await kept()
      const path = `/files/${id}`
      const table = async (...who: (string | null)[]) =>
        Object.fromEntries(await Promise.all(who.map(async by => [by ?? 'anyone', await status(path, by)])))
      const all = [null, 'user:ada', 'user:bob', 'user:eve', 'operator', 'admin', 'visitor', 'system', 'key']
      const nobody = { anyone: 401, 'user:eve': 404, visitor: 404, system: 404, 'user:ada': 200, key: 200 }
      expect(await table(...all)).toEqual({ ...nobody, 'user:bob': 404, operator: 404, admin: 404 })
      const talk = await at.session('private', 'ada', 'bob')
      await at.say(talk, 'ada', id)
      expect(await table(...all)).toEqual({ ...nobody, 'user:bob': 200, operator: 404, admin: 404 })
      await at.say(await at.session('support', 'ada'), 'ada', id)
      expect(await table(...all)).toEqual({ ...nobody, 'user:bob': 200, operator: 200, admin: 200 })
      await database.prisma.participant.updateMany({
        where: { sessionId: talk, userId: 'bob' },
        data: { leftChange: 9 },
      })
      expect(await status(path, 'user:bob')).toBe(404)
    })

    it('is not there for anyone who asks for what is not there', async () => {
      for (const path of [
        '/files/none',
        '/files/none/thumbnail',
        '/files/a.png',
        '/files/%00',
        '/files/..%2fx',
      ]) {
        expect([path, await status(path)]).toEqual([path, 401])
        expect([path, await status(path, 'key')]).toEqual([path, 404])
      }
      expect(await status(`/files/${(await kept()).id}/thumbnail`, 'key')).toBe(404)
    })

    it('refuses a wrong credential', async () => {
      expect(await status(`/files/${(await kept()).id}`, 'nobody')).toBe(401)
    })
  })

  it('nothing that is served can act as a page', async () => {
    const files = [
      await at.upload('user', await picture('png'), 'a.png'),
      await at.upload('user', wav(), 'a.wav'),
      await at.upload('user', pdf, 'a.html'),
      await at.upload('user', 'x <script>', 'Grüße "1".html'),
    ]
    const shown: string[] = []
    for (const { data } of files) {
      const { headers } = await at.get(data.fileUrl)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
      shown.push(`${headers.get('content-type')} ${headers.get('content-disposition')}`)
    }
    expect(shown).toEqual([
      'image/png inline; filename=a.png',
      'audio/wav inline; filename=a.wav',
      'application/pdf attachment; filename=a.html.pdf',
      'text/plain; charset=utf-8 attachment; filename="Gr??e \\"1\\".html.txt"; filename*=UTF-8\'\'Gr%C3%BC%C3%9Fe%20%221%22.html.txt',
    ])
    const download = await at.get(`${files[0]?.data.fileUrl}&download=1`)
    expect(download.headers.get('content-disposition')).toBe('attachment; filename=a.png')
  })

  it('a thumbnail is a picture of its own', async () => {
    const { data } = await at.upload('user', await picture('jpeg', 960, 640), 'a.jpg')
    const answer = await at.get(data.thumbnailUrl)
    expect(answer.headers.get('content-type')).toBe('image/webp')
    expect(answer.headers.get('accept-ranges')).toBe('none')
    expect(answer.headers.get('etag')).not.toBe((await at.get(data.fileUrl)).headers.get('etag'))
  })

  it('is sent once to who has it', async () => {
    const { fileUrl } = await kept()
    const etag = (await at.get(fileUrl)).headers.get('etag') ?? ''
    const again = await at.get(fileUrl, null, { 'if-none-match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('is sent in parts, as players ask for them', async () => {
    const { fileUrl } = await kept()
    const etag = (await at.get(fileUrl)).headers.get('etag') ?? ''
    const part = async (range: string, headers: HeadersInit = {}) => {
      const answer = await at.get(fileUrl, null, { range, ...headers })
      return [answer.status, answer.headers.get('content-range'), await answer.text()]
    }
    expect(await part('bytes=0-')).toEqual([206, 'bytes 0-9/10', 'abcdefghij'])
    expect(await part('bytes=2-4')).toEqual([206, 'bytes 2-4/10', 'cde'])
    expect(await part('bytes=-3')).toEqual([206, 'bytes 7-9/10', 'hij'])
    expect(await part('bytes=8-99')).toEqual([206, 'bytes 8-9/10', 'ij'])
    expect(await part('bytes=0-2', { 'if-range': etag })).toEqual([206, 'bytes 0-2/10', 'abc'])
    expect(await part('bytes=0-2', { 'if-range': '"other"' })).toEqual([200, null, 'abcdefghij'])
    expect(await part('bytes=0-1,4-5')).toEqual([200, null, 'abcdefghij'])
    expect(await part('bytes=nonsense')).toEqual([200, null, 'abcdefghij'])
    expect((await part('bytes=10-'))[0]).toBe(416)
  })

  it('says how long it is without sending it', async () => {
    const { fileUrl } = await kept()
    const answer = await fetch(at.doors.url + fileUrl, { method: 'HEAD' })
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '10'])
    expect(await answer.text()).toBe('')
  })

  it('can be read by script from an allowed site, and shown by any', async () => {
    const { fileUrl } = await kept()
    const from = async (origin: string) =>
      (await at.get(fileUrl, null, { origin })).headers.get('access-control-allow-origin')
    expect(await from('http://localhost:5173')).toBe('http://localhost:5173')
    expect(await from('https://evil.example')).toBeNull()
    const preflight = await fetch(at.doors.url + fileUrl, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:5173', 'access-control-request-method': 'GET' },
    })
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      expect.stringContaining('authorization'),
    ])
  })
})
