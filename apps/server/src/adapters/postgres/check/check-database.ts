import type pg from 'pg'
import type { Fault } from '../fault.ts'
import { type Migration, readMigrations } from '../migrations/files.ts'
import { compare, readHistory } from '../migrations/history.ts'
import { columnFaults } from './column-faults.ts'
import { expectedObjects } from './expected-objects.ts'
import { findObjects, type SchemaObject } from './find-objects.ts'
import { AS_MIGRATIONS } from './remedy.ts'
import { rowFaults } from './row-faults.ts'

export interface DatabaseReport {
  /** As the server tells it: `15.4`. */
  readonly version: string
  readonly tables: number
  readonly relations: number
  /** Empty when all is well. */
  readonly faults: readonly Fault[]
}

type Client = Pick<pg.ClientBase, 'query'>

/** Looks at the tables, the relations and what rows must agree on (it reads every message). Changes nothing. */
export async function checkDatabase(pool: pg.Pool, migrationsDir: string): Promise<DatabaseReport> {
  const migrations = await readMigrations(migrationsDir)
  const client = await pool.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const report = await look(client, migrations)
    await client.query('ROLLBACK')
    client.release()
    return report
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function look(client: Client, migrations: readonly Migration[]): Promise<DatabaseReport> {
  const version = await client.query<{ server_version: string }>('SHOW server_version')
  const objects = await findObjects(client)
  return {
    version: version.rows[0]?.server_version ?? '',
    tables: objects.filter(({ kind }) => kind === 'table').length,
    relations: objects.filter(({ kind }) => kind === 'relation').length,
    faults: await faultsOf(client, migrations, objects),
  }
}

/** What comes first makes the rest meaningless. */
async function faultsOf(
  client: Client,
  migrations: readonly Migration[],
  objects: readonly SchemaObject[],
): Promise<readonly Fault[]> {
  const inHistory = await historyFaults(client, migrations)
  if (inHistory.length > 0) return inHistory
  const inTables = await columnFaults(client, migrations, objects)
  const inSchema = [...missing(migrations, objects), ...inTables, ...objects.flatMap(broken)]
  return inSchema.length > 0 ? inSchema : await rowFaults(client)
}

async function historyFaults(client: Client, migrations: readonly Migration[]): Promise<readonly Fault[]> {
  const { pending, applied, faults } = compare(migrations, await readHistory(client))
  if (faults.length > 0 || pending.length === 0) return faults
  if (applied.length === 0) {
    return [
      { problem: 'The database holds nothing of Parley yet.', remedy: '`npm run db:init` makes its tables.' },
    ]
  }
  return [
    {
      problem: `The database is not up to date; not applied: ${pending.join(', ')}.`,
      remedy: '`npm run db:init` brings it up to date.',
    },
  ]
}

function missing(migrations: readonly Migration[], objects: readonly SchemaObject[]): Fault[] {
  const found = new Set(objects.map(({ name }) => name))
  return expectedObjects(migrations)
    .filter(({ name }) => !found.has(name))
    .map(({ kind, name }) => ({
      problem: `The ${kind} ${name} is missing.`,
      remedy: AS_MIGRATIONS,
    }))
}

function broken({ kind, name, works }: SchemaObject): Fault[] {
  if (works) return []
  const remedies: Partial<Record<SchemaObject['kind'], string>> = {
    index: `Run: REINDEX INDEX "${name}";`,
    trigger: 'Switch it on again: ALTER TABLE … ENABLE TRIGGER …, then run this check once more.',
  }
  return [
    {
      problem: `The ${kind} ${name} does not work.`,
      remedy:
        remedies[kind] ??
        `Find the rows that break it, mend them, then run: ALTER TABLE … VALIDATE CONSTRAINT "${name}";`,
    },
  ]
}
