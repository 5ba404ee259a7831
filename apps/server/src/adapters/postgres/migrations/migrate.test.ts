import { createHash } from 'node:crypto'
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../connect.ts'
import { createTestDatabase, migrationsDir, testDatabases } from '../testing.ts'
import { migrate, migrationStatus } from './migrate.ts'

describe.each(testDatabases)('migrations on $name', ({ open }) => {
  let db: Database
  let dir: string
  beforeAll(async () => {
    db = await open({ migrated: false })
  })
  beforeEach(async () => {
    await db.pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public') // quicker than another database
    dir = await mkdtemp(join(tmpdir(), 'parley-migrations-'))
    await add('1_people', 'CREATE TABLE people (name text);')
    await add('2_pets', `CREATE TABLE pets (name text); INSERT INTO pets VALUES ('Laika; dog');`)
  })
  afterEach(() => rm(dir, { recursive: true }))
  afterAll(() => db.close())

  async function add(name: string, sql: string): Promise<void> {
    await mkdir(join(dir, name))
    await writeFile(join(dir, name, 'migration.sql'), sql)
  }
  const history = async () =>
    (await db.pool.query('SELECT * FROM _prisma_migrations ORDER BY migration_name')).rows

  test('are applied in order, once, and kept as Prisma keeps them', async () => {
    expect(await migrationStatus(db.pool, dir)).toMatchObject({
      applied: [],
      pending: ['1_people', '2_pets'],
    })
    expect(await migrate(db.pool, dir)).toEqual(['1_people', '2_pets'])
    expect(await migrate(db.pool, dir)).toEqual([])
    expect(await migrationStatus(db.pool, dir)).toEqual({
      applied: ['1_people', '2_pets'],
      pending: [],
      unknown: [],
      faults: [],
    })
    expect((await db.pool.query('SELECT * FROM pets')).rows).toEqual([{ name: 'Laika; dog' }])
    expect((await history())[0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      checksum: createHash('sha256').update('CREATE TABLE people (name text);').digest('hex'),
      migration_name: '1_people',
      logs: null,
      rolled_back_at: null,
      started_at: expect.any(Date),
      finished_at: expect.any(Date),
      applied_steps_count: 1,
    })
  })

  test('one that fails changes nothing, names itself and the cause, and can be mended', async () => {
    await add('3_broken', 'CREATE TABLE toys (name text); SELECT 1 / 0;')
    await expect(migrate(db.pool, dir)).rejects.toThrow(
      'The migration 3_broken failed and changed nothing: division by zero.',
    )
    expect(await migrationStatus(db.pool, dir)).toMatchObject({
      applied: ['1_people', '2_pets'],
      faults: [],
    })
    await writeFile(join(dir, '3_broken', 'migration.sql'), 'CREATE TABLE toys (name text);')
    expect(await migrate(db.pool, dir)).toEqual(['3_broken'])
  })

  test('a file that changed after it was applied stops the start', async () => {
    await migrate(db.pool, dir)
    await appendFile(join(dir, '1_people', 'migration.sql'), '-- new')
    await add('3_more', 'CREATE TABLE more (name text);')
    await expect(migrate(db.pool, dir)).rejects.toThrow(
      'The migration 1_people is another than the one that was applied to this database: its file has changed ' +
        'since. Put the file back as it was, and make changes in a new migration.',
    )
    expect(await migrationStatus(db.pool, dir)).toMatchObject({
      pending: ['3_more'],
      faults: [expect.anything()],
    })
  })

  test('other line ends are no change', async () => {
    await add('3_lines', 'CREATE TABLE lines\n  (name text);\n')
    await migrate(db.pool, dir)
    await writeFile(join(dir, '3_lines', 'migration.sql'), 'CREATE TABLE lines\r\n  (name text);\r\n')
    expect(await migrate(db.pool, dir)).toEqual([])
  })

  test('one that `prisma migrate` left unfinished stops the start until it is resolved', async () => {
    await migrate(db.pool, dir)
    await db.pool.query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '2_pets'`)
    await expect(migrate(db.pool, dir)).rejects.toThrow(
      'The migration 2_pets was begun by `prisma migrate` and has not finished. See what it did, mend the ' +
        'database, then say which it is: `prisma migrate resolve --applied 2_pets` or `--rolled-back 2_pets`.',
    )
    await db.pool.query('UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL')
    await db.pool.query('DROP TABLE pets')
    expect(await migrate(db.pool, dir)).toEqual(['2_pets'])
  })

  test('those of a newer version are let be, so that two versions run side by side', async () => {
    await migrate(db.pool, dir)
    await rm(join(dir, '2_pets'), { recursive: true })
    expect(await migrate(db.pool, dir)).toEqual([])
    expect(await migrationStatus(db.pool, dir)).toMatchObject({ applied: ['1_people'], unknown: ['2_pets'] })
  })

  test('a database in which something else lives is refused and left as it was', async () => {
    await db.pool.query('CREATE TABLE people (name text)')
    await expect(migrate(db.pool, dir)).rejects.toThrow(
      'The migration 1_people failed and changed nothing: relation "people" already exists. Something else lives ' +
        'in this database: give Parley one of its own.',
    )
    expect((await db.pool.query(`SELECT to_regclass('_prisma_migrations') AS history`)).rows).toEqual([
      { history: null },
    ])
  })

  test('a folder that is not there is said so', async () => {
    await expect(migrate(db.pool, join(dir, 'nowhere'))).rejects.toThrow(
      `The migrations are not at ${dir}/nowhere.`,
    )
    await mkdir(join(dir, '3_empty'))
    await expect(migrate(db.pool, dir)).rejects.toThrow('The migration 3_empty has no readable')
  })

  test('servers that start together apply each once, and all of them go on', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => migrate(db.pool, dir)))
    expect(answers.flat().sort()).toEqual(['1_people', '2_pets'])
    expect(await history()).toHaveLength(2)
  })

  test('ours run, and an up-to-date database is not written to', async () => {
    expect(await migrate(db.pool, migrationsDir)).not.toEqual([])
    const client = await db.pool.connect()
    await client.query('SET default_transaction_read_only = on')
    client.release()
    await expect(db.pool.query('CREATE TABLE more (name text)')).rejects.toMatchObject({ code: '25006' })
    expect(await migrate(db.pool, migrationsDir)).toEqual([])
    await db.pool.query('SET default_transaction_read_only = off')
  })
})

describe.runIf(testDatabases.length > 1)('migrations on PostgreSQL', () => {
  test('wait for another migrator, Prisma’s own included, and say so when it takes too long', async () => {
    const { url, drop } = await createTestDatabase()
    const db = await openDatabase({ url })
    const other = await db.pool.connect()
    await other.query('SELECT pg_advisory_lock(72707369)')
    await expect(migrate(db.pool, migrationsDir, { lockTimeoutMs: 50 })).rejects.toThrow(
      'Another process has been migrating this database for 0.05 s.',
    )
    const waiting = migrate(db.pool, migrationsDir)
    await other.query('SELECT pg_advisory_unlock(72707369)')
    other.release()
    expect(await waiting).not.toEqual([])
    await db.close()
    await drop()
  })
})
