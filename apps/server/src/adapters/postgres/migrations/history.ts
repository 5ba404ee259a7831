import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Fault } from '../fault.ts'
import type { Migration } from './files.ts'

/** Prisma's own table, column by column, so that `prisma migrate` sees its own history. */
const CREATE_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`

/** What has been begun and not rolled back. */
export interface HistoryEntry {
  readonly name: string
  readonly checksum: string
  readonly finished: boolean
}

export interface MigrationStatus {
  /** Applied, in order. */
  readonly applied: readonly string[]
  /** Not applied yet, in order. */
  readonly pending: readonly string[]
  /** Applied by a newer version of the server: it and this one may run side by side. */
  readonly unknown: readonly string[]
  /** Why nothing can be applied. */
  readonly faults: readonly Fault[]
}

type Queryable = Pick<pg.ClientBase, 'query'>

export async function createHistory(client: Queryable): Promise<void> {
  await client.query(CREATE_TABLE)
}

export async function readHistory(client: Queryable): Promise<readonly HistoryEntry[]> {
  if (!(await hasHistory(client))) return []
  const entries = await client.query<HistoryEntry>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  )
  return entries.rows
}

/** Not by to_regclass: after waiting for a lock it may still answer from a cache that knows of no such table. */
async function hasHistory(client: Queryable): Promise<boolean> {
  const tables = await client.query(
    `SELECT FROM pg_tables WHERE tablename = '_prisma_migrations' AND schemaname = ANY (current_schemas(false))`,
  )
  return tables.rowCount !== 0
}

export async function addToHistory(client: Queryable, migration: Migration, startedAt: Date): Promise<void> {
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
    [randomUUID(), migration.checksum, migration.name, startedAt],
  )
}

export function compare(migrations: readonly Migration[], history: readonly HistoryEntry[]): MigrationStatus {
  const entries = new Map(history.map(entry => [entry.name, entry]))
  const known = new Set(migrations.map(({ name }) => name))
  return {
    applied: migrations.map(({ name }) => name).filter(name => entries.get(name)?.finished),
    pending: migrations.map(({ name }) => name).filter(name => !entries.has(name)),
    unknown: history.map(({ name }) => name).filter(name => !known.has(name)),
    faults: [
      ...history.flatMap(unfinished),
      ...migrations.flatMap(each => changed(each, entries.get(each.name))),
    ],
  }
}

function unfinished({ name, finished }: HistoryEntry): Fault[] {
  if (finished) return []
  return [
    {
      problem: `The migration ${name} was begun by \`prisma migrate\` and has not finished.`,
      remedy:
        'See what it did, mend the database, then say which it is: ' +
        `\`prisma migrate resolve --applied ${name}\` or \`--rolled-back ${name}\`.`,
    },
  ]
}

function changed(migration: Migration, entry: HistoryEntry | undefined): Fault[] {
  if (entry === undefined || migration.matches(entry.checksum)) return []
  return [
    {
      problem: `The migration ${migration.name} is another than the one that was applied to this database: its file has changed since.`,
      remedy: 'Put the file back as it was, and make changes in a new migration.',
    },
  ]
}
