import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from './connect.ts'
import { openEmbeddedForTest, testDatabases, testServerUrl } from './testing.ts'

const shape = 'It looks like postgres://user:password@host:5432/database'

test.each([
  [
    'postgres://ada:s3cret@127.0.0.1:1/parley',
    'Cannot use PostgreSQL at 127.0.0.1:1, database "parley": nothing listens there.',
  ],
  [
    'postgres://ada:s3cret@no-such-host.invalid/parley',
    'Cannot use PostgreSQL at no-such-host.invalid:5432, database "parley": ',
  ],
  [
    'postgres:///parley?host=/no/such/folder',
    'Cannot use PostgreSQL at /no/such/folder, database "parley": there is no such socket.',
  ],
  ['mysql://ada:s3cret@127.0.0.1/parley', shape],
  ['postgres://ada:s3cret#@@127.0.0.1:port/parley', shape],
  [
    'postgres://ada:s3cret@127.0.0.1/parley?schema=chat',
    'DATABASE_URL asks for the schema "chat"; Parley uses "public".',
  ],
])('%s is answered in one line without the password', async (url, start) => {
  const error = await openDatabase({ url }).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ name: 'DatabaseUnavailable', message: expect.stringContaining(start) })
  expect(String(error)).not.toMatch(/s3cret|\n/)
})

test('a port that never answers is given up', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  await expect(
    openDatabase({ url: `postgres://127.0.0.1:${port}/parley` }, { connectTimeoutMs: 50 }),
  ).rejects.toThrow('it did not answer in time.')
  silent.close()
})

describe.runIf(testDatabases.length > 1)('on a PostgreSQL server', () => {
  test('a database or user that is not there is named', async () => {
    await expect(openDatabase({ url: testServerUrl('parley_no_such') })).rejects.toThrow(
      'database "parley_no_such": there is no such database. `npm run db:init` creates it.',
    )
    const url = new URL(testServerUrl('postgres'))
    url.username = 'parley_nobody'
    await expect(openDatabase({ url: url.href })).rejects.toThrow('it refuses this user')
  })
})

describe.each(testDatabases)('a connection to $name that is cut', ({ open }) => {
  test('fails the one who has it, is told, and is replaced', async () => {
    const faults: unknown[] = []
    const db = await open({ migrated: false, onFault: fault => faults.push(fault) })
    const client = await db.pool.connect()
    client.connection.stream.destroy(new Error('cut'))
    await expect(client.query('SELECT 1')).rejects.toThrow()
    client.release(true)
    expect(faults).toContainEqual(new Error('cut'))
    expect((await db.pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }])
    await db.close()
  })
})

describe('in a data folder', () => {
  let dir: string
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'parley-connect-'))
  })
  afterEach(() => rm(dir, { recursive: true }))

  test('one that is a file is named', async () => {
    const file = join(dir, 'file')
    await writeFile(file, '')
    await expect(openDatabase({ dataDir: file })).rejects.toThrow(`Cannot write to the data folder ${file}: `)
  })

  test('one that holds no database says why it does not open, and is free afterwards', async () => {
    await mkdir(join(dir, 'db'))
    await writeFile(join(dir, 'db', 'PG_VERSION'), '9.6\n')
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(openDatabase({ dataDir: dir })).rejects.toThrow(
        `The embedded database in ${join(dir, 'db')} does not open: `,
      )
    }
  })

  test('closing twice is closing once', async () => {
    const db = await openEmbeddedForTest({ migrated: false })
    await Promise.all([db.close(), db.close()])
  })
})
