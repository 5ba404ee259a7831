import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/adapters/postgres/connect.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { StorageUnavailable, sweepFiles } from '../../src/features/file/index.ts'
import { DAY } from '../accounts/world.ts'
import { type FilesWorld, filesWorld } from './files-world.ts'
import { picture } from './samples.ts'

const MINUTE = 60_000

describe.each(testDatabases)('files that nothing refers to, on $name', ({ name, open }) => {
  let database: Database
  let at: FilesWorld
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    at = await filesWorld(database)
    return () => at.stop()
  })

  const age = (ms: number) =>
    database.pool.query(`UPDATE files SET state_at = state_at - $1 * interval '1 millisecond'`, [ms])
  const sweep = () => sweepFiles(at.files.rows, at.files.storage)
  const contents = async () => {
    const names = await readdir(join(at.dataDir, 'files'), { recursive: true }).catch(() => [])
    return names.flatMap(name => name.split('/')[1] ?? []).sort()
  }
  const ids = async () =>
    (await database.prisma.file.findMany({ where: { siteId: at.siteId }, orderBy: { id: 'asc' } })).map(
      ({ id }) => id,
    )
  const recall = (id: string) =>
    database.prisma.message.update({ where: { id }, data: { text: '', recalledAt: new Date() } })
  const text = async () => (await at.upload('user:ada', 'text', 'a.txt')).data
  const status = async (id: string) => (await at.get(`/files/${id}`, 'key')).status

  it('go a day after they were uploaded, with their thumbnails', async () => {
    const { data: photo } = await at.upload('user:ada', await picture('png'), 'a.png')
    const { id: sent } = await text()
    await at.say(await at.session('private', 'ada', 'bob'), 'ada', sent)
    await age(DAY - MINUTE)
    await sweep()
    expect((await ids()).sort()).toEqual([photo.id, sent].sort())
    await age(2 * MINUTE)
    await sweep()
    expect([await status(photo.id), await status(sent)]).toEqual([404, 200])
    expect((await at.get(photo.fileUrl)).status).toBe(401)
    expect(await contents()).toHaveLength(3)
    await age(2 * MINUTE)
    await sweep()
    expect(await ids()).toEqual([sent])
    expect(await contents()).toEqual([sent])
  })

  it('stay while a message or a person refers to them, however old', async () => {
    const { id } = await text()
    const { data } = await at.upload('user:ada', await picture('png'), 'me.png', 'file', '/api/user/avatar')
    await at.say(await at.session('private', 'ada', 'bob'), 'ada', id)
    for (let n = 0; n < 3; n += 1) {
      await age(2 * DAY)
      await sweep()
    }
    expect(await status(id)).toBe(200)
    expect((await at.get(String(data['avatar']))).status).toBe(200)
  })

  it('go at once with the last message that is recalled', async () => {
    const { id, fileUrl } = await text()
    const session = await at.session('private', 'ada', 'bob')
    const [first, second] = [await at.say(session, 'ada', id), await at.say(session, 'ada', id)]
    await recall(first)
    expect(await status(id)).toBe(200)
    await recall(second)
    expect([await status(id), (await at.get(fileUrl)).status]).toEqual([404, 401])
    expect(await at.store.readableFile(id, { kind: 'key' })).toBeNull()
    await age(2 * MINUTE)
    await sweep()
    expect([await ids(), await contents()]).toEqual([[], []])
  })

  it.runIf(name === 'PostgreSQL')('[M25] go where their last two messages are recalled at once', async () => {
    const { id } = await text()
    const sessions = [await at.session('private', 'ada', 'bob'), await at.session('private', 'ada', 'cyd')]
    const [first = '', second = ''] = await Promise.all(sessions.map(session => at.say(session, 'ada', id)))
    await age(2 * DAY)
    await sweep()
    const one = await database.pool.connect()
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    const isWaiting = async () => (await database.pool.query(waiting)).rowCount === 1
    const recalling = 'UPDATE messages SET file = NULL, recalled_at = now() WHERE id = $1'
    await one.query('BEGIN')
    await one.query(recalling, [first])
    const other = database.pool.query(recalling, [second])
    await expect.poll(isWaiting).toBe(true)
    await one.query('COMMIT')
    one.release()
    await other
    expect(await status(id)).toBe(404)
  })

  it('go too where a message is emptied of its file', async () => {
    const { id } = await text()
    const message = await at.say(await at.session('private', 'ada', 'bob'), 'ada', id)
    await database.pool.query('UPDATE messages SET file = NULL, recalled_at = now() WHERE id = $1', [message])
    expect(await status(id)).toBe(404)
  })

  it('stay after all where a message was being stored in the moment they were dropped', async () => {
    const { id } = await text()
    await at.files.rows.drop(id)
    await at.say(await at.session('private', 'ada', 'bob'), 'ada', id)
    await age(2 * MINUTE)
    await sweep()
    expect(await status(id)).toBe(200)
    expect(await contents()).toEqual([id])
  })

  it('are tried again while the storage is away', async () => {
    const { id } = await text()
    await at.files.rows.drop(id)
    await age(2 * MINUTE)
    const away = { remove: () => Promise.reject(new StorageUnavailable('away')) }
    await expect(sweepFiles(at.files.rows, away)).rejects.toThrow(StorageUnavailable)
    expect(await ids()).toEqual([id])
    await sweep()
    expect([await ids(), await contents()]).toEqual([[], []])
  })

  it('are many at a time', async () => {
    const file = { ownerId: null, name: 'a', size: 1, mimeType: 'text/plain', durationMs: null }
    const picture = { width: null, height: null, hasThumbnail: false, isPublic: false }
    await database.prisma.file.createMany({
      data: Array.from({ length: 450 }, (_, n) => ({
        siteId: at.siteId,
        id: `${at.siteId}-${n}`,
        ...file,
        ...picture,
      })),
    })
    await age(2 * DAY)
    await sweep()
    await age(2 * MINUTE)
    await sweep()
    expect(await ids()).toEqual([])
  })
})
