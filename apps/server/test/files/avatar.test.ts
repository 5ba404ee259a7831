import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/adapters/postgres/connect.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { type FilesWorld, filesWorld } from './files-world.ts'
import { bomb, picture } from './samples.ts'

const PATH = '/api/user/avatar'
const JSON_TYPE = { 'content-type': 'application/json' }
let next = 0

describe.each(testDatabases)('a person’s picture, on $name', ({ open }) => {
  let database: Database
  let at: FilesWorld
  let me: string
  beforeAll(async () => {
    database = await open()
    at = await filesWorld(database)
  })
  afterAll(async () => {
    await at.stop()
    await database.close()
  })
  beforeEach(() => {
    next += 1
    me = `user:u${next}`
  })

  const avatarOf = ({ data }: { data: Record<string, unknown> }) => String(data['avatar'])
  const set = (by: string, avatar: unknown) => at.post(PATH, by, JSON.stringify({ avatar }), JSON_TYPE)
  const profile = async (by: string, body: object) => {
    const response = await fetch(`${at.doors.url}/api/user/profile`, {
      method: 'PUT',
      headers: { ...JSON_TYPE, authorization: `Bearer ${by}` },
      body: JSON.stringify(body),
    })
    const answer = (await response.json()) as { data: Record<string, unknown> }
    return { status: response.status, ...answer }
  }

  it.each(['file', 'avatar'])('is a square WebP that anyone may have, sent in the field %s', async field => {
    const answer = await at.upload(me, await picture('jpeg', 900, 600), 'me.jpg', field, PATH)
    expect(answer).toMatchObject({
      status: 200,
      data: { avatar: expect.stringMatching(/^\/files\/[\w-]+$/) },
    })
    const served = await at.get(avatarOf(answer))
    expect(served.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const { format, width, height } = await sharp(Buffer.from(await served.arrayBuffer())).metadata()
    expect({ format, width, height }).toEqual({ format: 'webp', width: 256, height: 256 })
  })

  it('is made of an upload of one’s own, signed or not, by either route', async () => {
    const { data } = await at.upload(me, await picture('png', 500, 300), 'me.png')
    const first = avatarOf(await set(me, data.fileUrl))
    expect(first).not.toContain(data.id)
    expect((await at.get(first)).status).toBe(200)
    expect((await at.get(`/files/${data.id}`)).status).toBe(401)
    const second = avatarOf(await profile(me, { avatar: `/files/${data.id}`, nickname: 'Me' }))
    expect(second).not.toBe(first)
    expect((await at.get(first)).status).toBe(401)
  })

  it('stays as it is where it is sent back, or none is named', async () => {
    const avatar = avatarOf(await at.upload(me, await picture('png'), 'me.png', 'file', PATH))
    for (const same of [avatar, '', null, undefined])
      expect(await profile(me, { avatar: same, nickname: 'Me' })).toMatchObject({
        status: 200,
        data: { avatar },
      })
    expect(avatarOf(await set(me, avatar))).toBe(avatar)
    expect((await at.get(avatar)).status).toBe(200)
  })

  it('is no file of somebody else’s, none of another kind, and none of elsewhere', async () => {
    const { data: theirs } = await at.upload('user:eve', await picture('png'), 'eve.png')
    const { data: text } = await at.upload(me, 'text', 'a.txt')
    const urls = [theirs.fileUrl, text.fileUrl, '/files/none', 'https://example.com/a.png', '/demo/a.png']
    for (const url of urls)
      for (const answer of [await set(me, url), await profile(me, { avatar: url })])
        expect([url, answer]).toMatchObject([url, { status: 400, details: [{ path: 'avatar' }] }])
    expect(await set(me, '')).toMatchObject({ status: 400, details: [{ path: 'avatar' }] })
    expect(await at.upload(me, 'text', 'a.png', 'file', PATH)).toMatchObject({
      status: 415,
      message: expect.stringContaining('no picture'),
    })
    expect(await at.upload(me, bomb(), 'a.png', 'file', PATH)).toMatchObject({ status: 415 })
    expect(await at.upload('key', await picture('png'), 'a.png', 'file', PATH)).toMatchObject({ status: 403 })
  })

  it('of an operator is what visitors see, and the one before is gone', async () => {
    await at.person('ann', 'operator')
    const first = avatarOf(await at.upload('operator:ann', await picture('png'), 'a.png', 'file', PATH))
    const second = avatarOf(await at.upload('operator:ann', await picture('png'), 'a.png', 'file', PATH))
    const where = { siteId_userId: { siteId: at.siteId, userId: 'ann' } }
    expect((await database.prisma.operator.findUniqueOrThrow({ where })).avatar).toBe(second)
    expect([(await at.get(first)).status, (await at.get(second)).status]).toEqual([401, 200])
  })

  it('that an admin or an API key gives an operator is made of its upload too', async () => {
    for (const by of ['admin', 'key']) {
      const { data } = await at.upload(by, await picture('png', 500, 300), 'ann.png')
      const json = (body: object) => [JSON.stringify(body), JSON_TYPE] as const
      const made = await at.post('/api/operators', by, ...json({ name: 'Ann', avatar: data.fileUrl }))
      expect(made.status).toBe(201)
      expect((await at.get(avatarOf(made))).status).toBe(200)
      const elsewhere = { name: 'Bob', avatar: 'https://example.com/bob.png' }
      expect(avatarOf(await at.post('/api/operators', by, ...json(elsewhere)))).toBe(elsewhere.avatar)
      const { data: theirs } = await at.upload('user:eve', await picture('png'), 'eve.png')
      expect(
        await at.post('/api/operators', by, ...json({ name: 'Eve', avatar: theirs.fileUrl })),
      ).toMatchObject({
        ...{ status: 400, details: [{ path: 'avatar' }] },
      })
    }
  })
})
