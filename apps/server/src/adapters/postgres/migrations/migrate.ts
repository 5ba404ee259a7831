import type pg from 'pg'
import { inOneLine } from '../fault.ts'
import { codeOf } from '../unavailable.ts'
import { type Migration, readMigrations } from './files.ts'
import { addToHistory, compare, createHistory, type MigrationStatus, readHistory } from './history.ts'
import { MigrationProblem } from './problem.ts'

/** Prisma's own advisory lock, so that `prisma migrate deploy` and this one wait for each other too. */
const LOCK = 72_707_369

export interface MigrateOptions {
  /** How long to wait for another process that migrates, and for tables that others hold. */
  readonly lockTimeoutMs?: number
}

/**
 * Brings the database up to date; answers with the names of what was applied. Each migration is one transaction with
 * its row of Prisma's history, so one that fails leaves nothing behind. Servers that start together take turns.
 * (So a migration can't hold what refuses a transaction, such as CREATE INDEX CONCURRENTLY.)
 */
export async function migrate(
  pool: pg.Pool,
  dir: string,
  { lockTimeoutMs = 60_000 }: MigrateOptions = {},
): Promise<readonly string[]> {
  const migrations = await readMigrations(dir)
  if (isUpToDate(compare(migrations, await readHistory(pool)))) return []
  const applied: string[] = []
  for (;;) {
    const name = await inTransaction(pool, async client => {
      await takeTurn(client, lockTimeoutMs)
      return await applyNext(client, migrations)
    })
    if (name === undefined) return applied
    applied.push(name)
  }
}

export async function migrationStatus(pool: pg.Pool, dir: string): Promise<MigrationStatus> {
  return compare(await readMigrations(dir), await readHistory(pool))
}

/** So that a server whose user may not change tables starts on a database that needs no change. */
function isUpToDate({ pending, faults }: MigrationStatus): boolean {
  return pending.length === 0 && faults.length === 0
}

async function applyNext(
  client: pg.PoolClient,
  migrations: readonly Migration[],
): Promise<string | undefined> {
  const { pending, faults } = compare(migrations, await readHistory(client))
  if (faults[0] !== undefined) throw new MigrationProblem(inOneLine(faults[0]))
  const next = migrations.find(({ name }) => name === pending[0])
  if (next !== undefined) await apply(client, next)
  return next?.name
}

async function takeTurn(client: pg.PoolClient, timeoutMs: number): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = ${timeoutMs}`)
  await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]).catch((cause: unknown) => {
    if (codeOf(cause) !== '55P03') throw cause
    throw new MigrationProblem(
      `Another process has been migrating this database for ${timeoutMs / 1000} s. Wait for it, or look for a ` +
        'hanging one in pg_stat_activity.',
      { cause },
    )
  })
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  const startedAt = new Date()
  try {
    await createHistory(client)
    await client.query(migration.sql)
    await addToHistory(client, migration, startedAt)
  } catch (cause) {
    throw new MigrationProblem(
      `The migration ${migration.name} failed and changed nothing: ${reasonOf(cause)}`,
      { cause },
    )
  }
}

async function inTransaction<T>(pool: pg.Pool, act: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await act(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    client.release(true) // closing the connection rolls back, whatever state it is in
    throw error
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const remedy = remedies[codeOf(error)]
  return remedy === undefined ? `${message}.` : `${message}. ${remedy}`
}

const foreignDatabase = 'Something else lives in this database: give Parley one of its own.'

const remedies: Record<string, string> = {
  '42P07': foreignDatabase, // duplicate_table, and indexes
  '42710': foreignDatabase, // duplicate_object: types
  '42723': foreignDatabase, // duplicate_function
  '42501': 'Give this user CREATE on the schema public, or make it the owner of the database.',
  '55P03': 'Another transaction holds a table it needs: end that one and start again.',
  '53100': 'Make room on the disk and start again.',
  '25006': 'It is a standby or read-only: point DATABASE_URL at the primary server.',
}
