import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type Database, type DatabaseOptions, openDatabase } from './connect.ts'
import { databaseFolder } from './embedded/connect-embedded.ts'
import { migrate } from './migrations/migrate.ts'
import { embeddedTemplate } from './testing/template.ts'

export const migrationsDir = fileURLToPath(new URL('../../../../../prisma/migrations', import.meta.url))

export interface TestDatabaseOptions extends DatabaseOptions {
  /** With all tables (the default), or as `CREATE DATABASE` leaves it. */
  readonly migrated?: boolean
}

export interface TestDatabaseKind {
  readonly name: 'PGlite' | 'PostgreSQL'
  /** A database of its own; `close` drops it too. */
  open(options?: TestDatabaseOptions): Promise<Database>
}

const server = process.env['PARLEY_TEST_DATABASE_URL']

/** For `describe.each`: PGlite always, a real PostgreSQL where PARLEY_TEST_DATABASE_URL names one. */
export const testDatabases: readonly TestDatabaseKind[] = [
  { name: 'PGlite', open: openEmbeddedForTest },
  ...(server ? [{ name: 'PostgreSQL', open: openServerForTest } as const] : []),
]

export async function openEmbeddedForTest(options: TestDatabaseOptions = {}): Promise<Database> {
  const dataDir = await copyEmbedded(options)
  const database = await openDatabase({ dataDir }, options)
  return andAfter(database, () => rm(dataDir, { recursive: true, force: true }))
}

/** A new data folder, copied from one that was made once: PostgreSQL's own set-up takes seconds. */
export async function copyEmbedded({ migrated = true }: TestDatabaseOptions): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-test-'))
  const template = await embeddedTemplate(migrated ? migrationsDir : undefined)
  await cp(template, databaseFolder(dataDir), { recursive: true })
  return dataDir
}

async function openServerForTest(options: TestDatabaseOptions = {}): Promise<Database> {
  const { url, drop } = await createTestDatabase()
  const database = await openDatabase({ url }, options)
  if (options.migrated ?? true) await migrate(database.pool, migrationsDir)
  return andAfter(database, drop)
}

/** An empty database on the test server, for suites that open it themselves. */
export async function createTestDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `parley_test_${randomUUID().replaceAll('-', '')}`
  await onTestServer(`CREATE DATABASE ${name} TEMPLATE template0`)
  return { url: testServerUrl(name), drop: () => onTestServer(`DROP DATABASE ${name} WITH (FORCE)`) }
}

/** The address of a database on the test server. */
export function testServerUrl(database: string): string {
  if (!server) throw new Error('PARLEY_TEST_DATABASE_URL names no PostgreSQL for tests.')
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

async function onTestServer(sql: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

/** Takes all rows out, for tests that want a whole server each: opening a database anew takes a second. */
export async function emptied({ pool }: Database): Promise<void> {
  const { rows } = await pool.query<{ tables: string }>(
    `SELECT string_agg(format('%I', tablename), ', ') AS tables FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  )
  await pool.query(`TRUNCATE ${rows[0]?.tables}`)
}

function andAfter(database: Database, tidy: () => Promise<void>): Database {
  const close = async () => {
    await database.close()
    await tidy()
  }
  return { ...database, close }
}
