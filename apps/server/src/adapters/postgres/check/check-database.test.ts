import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../connect.ts'
import { readMigrations } from '../migrations/files.ts'
import { migrate } from '../migrations/migrate.ts'
import { migrationsDir, testDatabases } from '../testing.ts'
import { checkDatabase } from './check-database.ts'
import { expectedColumns } from './expected-columns.ts'
import { expectedObjects } from './expected-objects.ts'
import { findColumns, type SchemaColumn } from './find-columns.ts'
import { findObjects, type ObjectKind } from './find-objects.ts'

describe.each(testDatabases)('the check of a database on $name', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open({ migrated: false })
  })
  beforeEach(async () => {
    await db.pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public') // quicker than another database
    await migrate(db.pool, migrationsDir)
  })
  afterAll(() => db.close())

  const check = async () => (await checkDatabase(db.pool, migrationsDir)).faults

  test('finds a fresh one well, with all that the migrations made', async () => {
    const objects = expectedObjects(await readMigrations(migrationsDir))
    const count = (kind: ObjectKind) => objects.filter(object => object.kind === kind).length
    expect(await checkDatabase(db.pool, migrationsDir)).toEqual({
      version: expect.stringMatching(/^\d+\.\d+/),
      tables: count('table'),
      relations: count('relation'),
      faults: [],
    })
    const found = (await findObjects(db.pool)).map(({ kind, name }) => `${kind} ${name}`)
    const expected = objects.map(({ kind, name }) => `${kind} ${name}`)
    expect(expected.sort()).toEqual(found.sort())
    const byName = (one: SchemaColumn, other: SchemaColumn) => (one.name < other.name ? -1 : 1)
    const columns = expectedColumns(await readMigrations(migrationsDir))
    expect([...columns].sort(byName)).toEqual([...(await findColumns(db.pool))].sort(byName))
  })

  test('names columns that are missing or other than they were made', async () => {
    await db.pool.query('ALTER TABLE sessions DROP COLUMN subject')
    await db.pool.query('ALTER TABLE users ALTER COLUMN email TYPE varchar(20)')
    await db.pool.query('ALTER TABLE users ALTER COLUMN must_change_password DROP NOT NULL')
    await db.pool.query('ALTER TABLE users ALTER COLUMN phone SET NOT NULL')
    expect((await check()).map(({ problem }) => problem)).toEqual([
      'The column users.email is of type character varying(20) instead of text.',
      'The column users.phone must not be empty and should be able to.',
      'The column sessions.subject is missing.',
      'The column users.must_change_password may be empty and must not.',
    ])
  })

  test('names what is missing or switched off', async () => {
    await db.pool.query('ALTER TABLE staff_notes DROP CONSTRAINT staff_notes_session_id_fkey')
    await db.pool.query('DROP TABLE read_marks')
    await db.pool.query('ALTER TABLE sessions DISABLE TRIGGER sessions_count_operator_load')
    expect((await check()).map(({ problem }) => problem)).toEqual([
      'The table read_marks is missing.',
      'The key read_marks_pkey is missing.',
      'The relation staff_notes_session_id_fkey is missing.',
      'The trigger sessions_count_operator_load does not work.',
    ])
  })

  test('names rows that do not agree', async () => {
    await db.pool.query(`
      INSERT INTO sites (id, name, identity_secret) VALUES ('default', '', '');
      INSERT INTO users (site_id, id, role) VALUES ('default', 'ada', 'operator');
      INSERT INTO operators (site_id, user_id, name, load) VALUES ('default', 'ada', 'Ada', 1);
      INSERT INTO sessions (id, site_id, type, status, last_seq, last_change) VALUES ('short', 'default', 'group', 'active', 2, 2);
      INSERT INTO messages (id, site_id, session_id, seq, change, created_change, sender_id, sender_type)
        VALUES ('m', 'default', 'short', 1, 1, 1, 'ada', 'operator'), ('n', 'default', 'gone', 1, 1, 1, 'ada', 'operator')`)
    expect(await check()).toEqual([
      {
        problem: expect.stringContaining('active sessions: ada.'),
        remedy: expect.stringContaining('UPDATE operators'),
      },
      { problem: expect.stringContaining('not counted: short.'), remedy: expect.stringContaining('Restore') },
      { problem: expect.stringContaining('are there: gone.'), remedy: expect.stringContaining('Restore') },
    ])
    const [load] = await check()
    await db.pool.query(load?.remedy.replace(/^.*run: /, '') ?? '')
    expect(await check()).toHaveLength(2)
  })

  test('changes nothing, and says so of one that is behind', async () => {
    await db.pool.query('TRUNCATE _prisma_migrations')
    expect(await check()).toEqual([
      { problem: 'The database holds nothing of Parley yet.', remedy: '`npm run db:init` makes its tables.' },
    ])
    expect((await db.pool.query('SELECT * FROM _prisma_migrations')).rows).toEqual([])
  })

  test('names what is not applied', async () => {
    const latest = (await readMigrations(migrationsDir)).at(-1)?.name ?? ''
    await db.pool.query('DELETE FROM _prisma_migrations WHERE migration_name = $1', [latest])
    expect(await check()).toEqual([
      {
        problem: `The database is not up to date; not applied: ${latest}.`,
        remedy: '`npm run db:init` brings it up to date.',
      },
    ])
  })

  test('refuses to compare with migrations that are not there', async () => {
    await expect(checkDatabase(db.pool, `${migrationsDir}/nowhere`)).rejects.toThrow(
      'The migrations are not at',
    )
  })
})
