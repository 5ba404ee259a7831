import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { openDatabase } from './connect.ts'
import { createDatabase, recreateDatabase } from './create-database.ts'
import { createTestDatabase, testDatabases, testServerUrl } from './testing.ts'

describe.runIf(testDatabases.length > 1)('on a PostgreSQL server', () => {
  test('a database is created once, whoever comes at the same time', async () => {
    const { url, drop } = await createTestDatabase()
    expect(await createDatabase({ url })).toBe(false)
    await drop()
    const answers = await Promise.all([1, 2, 3].map(() => createDatabase({ url })))
    expect(answers.filter(Boolean)).toHaveLength(1)
    const db = await openDatabase({ url })
    expect((await db.pool.query('SHOW server_encoding')).rows).toEqual([{ server_encoding: 'UTF8' }])
    await db.close()
    await drop()
  })

  test('one is dropped with all that is in it, though others are connected, and made anew', async () => {
    const { url, drop } = await createTestDatabase()
    const db = await openDatabase({ url })
    await db.pool.query('CREATE TABLE old (name text)')
    await recreateDatabase({ url })
    await expect(db.pool.query('SELECT * FROM old')).rejects.toThrow()
    await db.close()
    const anew = await openDatabase({ url })
    expect((await anew.pool.query(`SELECT * FROM pg_tables WHERE schemaname = 'public'`)).rows).toEqual([])
    await anew.close()
    await drop()
  })

  test('the server’s own are never dropped', async () => {
    await expect(recreateDatabase({ url: testServerUrl('postgres') })).rejects.toThrow(
      'The database "postgres" is the server\'s own and is not dropped: give Parley one of its own in DATABASE_URL.',
    )
  })

  test('a user who may not create databases is told what to ask for', async () => {
    const role = `parley_test_${process.pid}`
    const admin = new pg.Client(testServerUrl('postgres'))
    await admin.connect()
    await admin.query(`CREATE ROLE ${role} LOGIN`)
    const url = new URL(testServerUrl(role))
    url.username = role
    await expect(createDatabase({ url: url.href })).rejects.toThrow(
      `This user may not create databases. Let an administrator of the server run: CREATE DATABASE "${role}"`,
    )
    await admin.query(`DROP ROLE ${role}`)
    await admin.end()
  })
})

describe('embedded', () => {
  test('opening makes the database; dropping takes that and leaves the rest of the folder', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-create-'))
    expect(await createDatabase({ dataDir })).toBe(false)
    const db = await openDatabase({ dataDir })
    await expect(recreateDatabase({ dataDir })).rejects.toThrow(`in use by process ${process.pid}`)
    await db.close()
    expect(existsSync(join(dataDir, 'db', 'PG_VERSION'))).toBe(true)
    await recreateDatabase({ dataDir })
    expect(await readdir(dataDir)).toEqual([expect.stringMatching(/^lock\./)])
    await rm(dataDir, { recursive: true })
  })
})
