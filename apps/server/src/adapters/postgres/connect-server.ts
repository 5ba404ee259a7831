import pg from 'pg'
import type { Connected, DatabaseOptions } from './database.ts'
import { tellFaults } from './tell-faults.ts'
import { DatabaseUnavailable, describeTarget, explainConnectionError } from './unavailable.ts'

const OLDEST_VERSION = 150_000

export async function connectServer(url: string, options: DatabaseOptions): Promise<Connected> {
  refuseOtherSchema(url)
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    keepAlive: true,
    application_name: 'parley',
  })
  tellFaults(pool, options)
  try {
    await checkServer(pool, url)
  } catch (error) {
    await pool.end()
    throw error instanceof DatabaseUnavailable ? error : explainConnectionError(url, error)
  }
  return { pool, lost: new Promise(() => undefined), close: () => pool.end() }
}

async function checkServer(pool: pg.Pool, url: string): Promise<void> {
  const answer = await pool.query<{ number: number; version: string; encoding: string; isolation: string }>(
    `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version,
       current_setting('server_encoding') AS encoding, current_setting('default_transaction_isolation') AS isolation`,
  )
  for (const { number, version, encoding, isolation } of answer.rows) {
    if (number < OLDEST_VERSION) {
      throw new DatabaseUnavailable(`${describeTarget(url)} is version ${version}; Parley needs 15 or later.`)
    }
    if (encoding !== 'UTF8') {
      throw new DatabaseUnavailable(
        `${describeTarget(url)} is encoded in ${encoding}; make one with ENCODING 'UTF8' TEMPLATE template0.`,
      )
    }
    // Whoever waits for a lock must then see what its holder has committed.
    if (isolation !== 'read committed') {
      throw new DatabaseUnavailable(
        `${describeTarget(url)} isolates transactions as "${isolation}"; Parley needs "read committed": reset default_transaction_isolation for this user and database.`,
      )
    }
  }
}

/** Prisma's own parameter, which the driver would pass over in silence: the tables would go elsewhere. */
function refuseOtherSchema(url: string): void {
  const schema = /[?&]schema=([^&]*)/.exec(url)?.[1]
  if (schema !== undefined && schema !== 'public') {
    throw new DatabaseUnavailable(
      `DATABASE_URL asks for the schema "${schema}"; Parley uses "public". Leave ?schema out, or give Parley a database of its own.`,
    )
  }
}
