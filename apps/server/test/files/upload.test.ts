import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../src/adapters/postgres/connect.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { type FilesWorld, filesWorld, MAX } from './files-world.ts'
import { bomb, compound, moving, pdf, picture, sidewaysPhoto, wav, zip } from './samples.ts'

const { open } = testDatabases.at(-1) ?? {}

describe('POST /api/files', () => {
  let database: Database
  let at: FilesWorld
  beforeAll(async () => {
    if (!open) throw new Error('there is no database')
    database = await open()
    at = await filesWorld(database)
  })
  afterAll(async () => {
    await at.stop()
    await database.close()
  })

  const rows = () => database.prisma.file.count({ where: { siteId: at.siteId } })
  const leftovers = () => readdir(join(at.dataDir, 'uploads')).catch(() => [])
  const content = async (path: string) => Buffer.from(await (await at.get(path)).arrayBuffer())

  describe('takes', () => {
    it.each(['jpeg', 'png', 'webp', 'gif'] as const)('a %s, with its size and a thumbnail', async format => {
      const { status, data } = await at.upload('user', await picture(format, 960, 640), `Photo 1.${format}`)
      expect(status).toBe(201)
      expect(data).toMatchObject({
        ...{ _id: data.id, fileName: `Photo 1.${format}`, mimeType: `image/${format}` },
        ...{ width: 960, height: 640, durationMs: null },
      })
      expect(data.fileUrl).toMatch(new RegExp(`^/files/${data.id}\\?expires=\\d+&signature=[\\w-]{43}$`))
      const kept = await content(data.fileUrl)
      expect(kept.length).toBe(data['fileSize'])
      expect(await sharp(kept).metadata()).toMatchObject({ format, width: 960, height: 640 })
      const thumbnail = await sharp(await content(data.thumbnailUrl)).metadata()
      expect(thumbnail).toMatchObject({ format: 'webp', width: 480, height: 320 })
    })

    it('an AVIF, which becomes a WebP', async () => {
      const { data } = await at.upload('user', await picture('avif'), 'a.avif')
      expect(data).toMatchObject({ mimeType: 'image/webp', fileName: 'a.avif', width: 60 })
      expect(await sharp(await content(data.fileUrl)).metadata()).toMatchObject({ format: 'webp', width: 60 })
    })

    it('a photograph without what it says of place and camera, the right way up', async () => {
      const photo = await sidewaysPhoto()
      expect(photo.includes('SecretCamera')).toBe(true)
      const { data } = await at.upload('user', photo, 'a.jpg')
      expect(data).toMatchObject({ width: 40, height: 60 })
      const kept = await content(data.fileUrl)
      expect(kept.includes('SecretCamera')).toBe(false)
      const { width, height, exif, orientation } = await sharp(kept).metadata()
      expect({ width, height, exif, orientation }).toEqual({
        ...{ width: 40, height: 60, exif: undefined, orientation: undefined },
      })
    })

    it.each(['gif', 'webp'] as const)('a moving %s, which goes on moving', async format => {
      const { data } = await at.upload('user', await moving(format), `a.${format}`)
      expect(data).toMatchObject({ mimeType: `image/${format}`, width: 30, height: 20 })
      expect(await sharp(await content(data.fileUrl)).metadata()).toMatchObject({ pages: 3 })
    })

    it('sound, with how long it lasts', async () => {
      const { data } = await at.upload('visitor', wav(), 'voice')
      expect(data).toMatchObject({ mimeType: 'audio/wav', durationMs: 1500, thumbnailUrl: null, width: null })
      expect(await content(data.fileUrl)).toEqual(wav())
    })

    it.each([
      ['application/pdf', pdf, 'a.pdf'],
      ['application/zip', zip, 'a.zip'],
      ['application/msword', compound('WordDocument'), 'a.doc'],
      ['application/vnd.ms-excel', compound('Workbook'), 'a.xls'],
      ['text/plain', 'Grüße, 你好 👋\n<3', 'notes.txt'],
      ['text/plain', 'BMW and MZ are words', 'notes'],
      ['text/plain', '{"a": 1}', 'a.json'],
      ['text/csv', 'a;b\n1;2\n', 'Table.CSV'],
    ])('%s as it is', async (mimeType, bytes, name) => {
      const { status, data } = await at.upload('user', bytes, name)
      expect(status).toBe(201)
      expect(data).toMatchObject({ mimeType, fileName: name, fileSize: Buffer.byteLength(bytes) })
      expect(await content(data.fileUrl)).toEqual(Buffer.from(bytes))
    })

    it('what its content says, whatever its name', async () => {
      expect((await at.upload('user', await picture('png'), 'a.exe')).data['mimeType']).toBe('image/png')
      expect((await at.upload('user', pdf, 'a.jpg')).data['mimeType']).toBe('application/pdf')
    })

    it('a file of a visitor, an operator and an API key, which owns none', async () => {
      for (const [by, ownerId] of [
        ['visitor', 'visitor-1'],
        ['operator', 'operator-1'],
        ['key', null],
      ] as const) {
        const { status, data } = await at.upload(by, 'text', 'a.txt')
        expect([by, status]).toEqual([by, 201])
        expect((await database.prisma.file.findUniqueOrThrow({ where: { id: data.id } })).ownerId).toBe(
          ownerId,
        )
      }
    })

    it('the file wherever it stands among other fields', async () => {
      for (const before of [true, false]) {
        const form = new FormData()
        if (before) form.append('name', 'value')
        form.append('file', new Blob(['text']), 'a.txt')
        if (!before) form.append('name', 'value')
        expect((await at.post('/api/files', 'user', form)).status).toBe(201)
      }
    })

    it('just as much as it may', async () => {
      expect((await at.upload('user', 'x'.repeat(MAX), 'a.txt')).status).toBe(201)
    })
  })

  describe('refuses', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    const elf = Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(60)])
    const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])

    it.each<[string, Uint8Array | string, string]>([
      ['a page', '<!doctype html><script>alert(1)</script>', 'a.png'],
      ['a page after spaces', '\ufeff \n<HTML>', 'a.txt'],
      ['an SVG', svg, 'a.svg'],
      ['an SVG by another name', svg, 'a.png'],
      ['XML', '<?xml version="1.0"?><a/>', 'a.txt'],
      ['a script', '#!/bin/sh\nrm -rf /', 'a.txt'],
      ['a program of Linux', elf, 'a.png'],
      ['a program of Windows', exe, 'a.pdf'],
      ['an installer in a compound file', compound('Tables'), 'a.doc'],
      ['text that is no UTF-8', Buffer.from([0x61, 0xff, 0xfe, 0x62]), 'a.txt'],
      ['text in UTF-16', Buffer.from('\ufeff<s>', 'utf16le'), 'a.txt'],
      ['text with control characters', 'a\u0000b', 'a.txt'],
      ['half a character at the end', Buffer.from([0x61, 0xe4, 0xbd]), 'a.txt'],
    ])('%s: 415', async (_, bytes, name) => {
      const before = await rows()
      expect(await at.upload('user', bytes, name)).toMatchObject({
        ...{ status: 415, error: 'unsupported_media_type' },
        message: expect.stringContaining('of this kind'),
      })
      expect(await rows()).toBe(before)
    })

    it('a picture that is cut off, one that is nonsense, and one that would fill the memory: 415', async () => {
      const whole = await picture('jpeg', 800, 600)
      const nonsense = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500, 7)])
      const cut = await picture('png', 800, 600)
      for (const bytes of [whole.subarray(0, whole.length / 2), nonsense, cut.subarray(0, 100), bomb()])
        expect(await at.upload('user', bytes, 'a.jpg')).toMatchObject({
          ...{ status: 415, message: expect.stringContaining('damaged or too large') },
        })
    })

    it('a byte too much: 413, and says how much may be', async () => {
      const answer = await at.upload('user', 'x'.repeat(MAX + 1), 'a.txt')
      expect(answer).toMatchObject({ status: 413, error: 'payload_too_large' })
      expect(answer.message).toContain('195.3 KiB')
      expect((await at.upload('user', 'x'.repeat(5_000_000), 'a.txt')).status).toBe(413)
    })

    it('no bytes, no file, one in another field, two, and no form at all: 400 and 415', async () => {
      const problem = { status: 400, error: 'validation_failed', details: [{ path: 'file' }] }
      expect(await at.upload('user', '', 'a.txt')).toMatchObject(problem)
      expect(await at.upload('user', 'text', 'a.txt', 'picture')).toMatchObject(problem)
      const form = new FormData()
      form.append('name', 'value')
      expect(await at.post('/api/files', 'user', form)).toMatchObject(problem)
      for (const _ of ['one', 'two']) form.append('file', new Blob(['text']), 'a.txt')
      expect(await at.post('/api/files', 'user', form)).toMatchObject({
        ...problem,
        details: [{ path: 'file', message: 'must be one file, not several' }],
      })
      const json = await at.post('/api/files', 'user', '{}', { 'content-type': 'application/json' })
      expect(json).toMatchObject({ status: 415, message: expect.stringContaining('multipart/form-data') })
      const type = 'multipart/form-data; boundary=x'
      for (const body of [
        '',
        'nonsense',
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n',
      ])
        expect(await at.post('/api/files', 'user', body, { 'content-type': type })).toMatchObject({
          status: 400,
        })
      expect(
        await at.post('/api/files', 'user', 'x', { 'content-type': 'multipart/form-data' }),
      ).toMatchObject({ status: 400 })
    })

    it('whoever has no credential, before anything is read', async () => {
      expect(await at.upload(null, 'text', 'a.txt')).toMatchObject({ status: 401 })
      expect(await at.upload('nobody', 'text', 'a.txt')).toMatchObject({ status: 401 })
    })

    it('a form for an operation that takes no file', async () => {
      expect(await at.upload('user', 'text', 'a.txt', 'file', '/api/user/nickname')).toMatchObject({
        status: 415,
      })
    })

    it('over tRPC, which can bring no file', async () => {
      const answer = await at.post('/trpc/file.upload', 'user', '{}', { 'content-type': 'application/json' })
      expect(JSON.stringify(answer)).toContain('multipart/form-data')
      expect(answer.status).toBe(415)
    })
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\猫 – Grüße.txt', '猫 – Grüße.txt'],
    ['a\u202etxt.exe', 'atxt.exe'],
    ['"quoted"; x=1.txt', '"quoted"; x=1.txt'],
    ['..', 'file'],
    [`${'x'.repeat(300)}.txt`, `${'x'.repeat(251)}.txt`],
  ])('calls %j %j', async (given, name) => {
    expect((await at.upload('user', 'text', given)).data['fileName']).toBe(name)
  })

  it('leaves nothing behind of a client that goes half-way', async () => {
    const before = await rows()
    const { port } = at.doors
    const head = [
      ...['POST /api/files HTTP/1.1', 'Host: 127.0.0.1', 'Authorization: Bearer user'],
      ...['Content-Type: multipart/form-data; boundary=x', 'Content-Length: 100000', '', ''],
    ].join('\r\n')
    const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf of it'
    const socket = connect(port, '127.0.0.1')
    socket.write(head + part)
    await vi.waitFor(async () => expect(await leftovers()).toHaveLength(1))
    socket.destroy()
    await vi.waitFor(async () => expect(await leftovers()).toEqual([]))
    expect(await rows()).toBe(before)
    expect(at.doors.faults).toEqual([])
  })

  it('takes four at a time of one person, whoever else sends', async () => {
    const sockets = Array.from({ length: 4 }, () => connect(at.doors.port, '127.0.0.1'))
    const head = [
      ...['POST /api/files HTTP/1.1', 'Host: 127.0.0.1', 'Authorization: Bearer user:slow'],
      ...['Content-Type: multipart/form-data; boundary=x', 'Content-Length: 100000', '', ''],
    ].join('\r\n')
    for (const socket of sockets) socket.write(head)
    await vi.waitFor(async () => expect(await leftovers()).toHaveLength(4))
    expect(await at.upload('user:slow', 'text', 'a.txt')).toMatchObject({ status: 429 })
    expect(await at.upload('user:other', 'text', 'a.txt')).toMatchObject({ status: 201 })
    for (const socket of sockets) socket.destroy()
    await vi.waitFor(async () =>
      expect(await at.upload('user:slow', 'text', 'a.txt')).toMatchObject({ status: 201 }),
    )
  })

  it('ten at once are all kept, each its own', async () => {
    const texts = Array.from({ length: 10 }, (_, n) => `text ${n}`)
    const answers = await Promise.all(texts.map((text, n) => at.upload(`user:u${n}`, text, 'a.txt')))
    expect(await Promise.all(answers.map(async ({ data }) => String(await content(data.fileUrl))))).toEqual(
      texts,
    )
    expect(await leftovers()).toEqual([])
  })
})
