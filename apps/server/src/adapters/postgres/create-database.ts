import { rm } from 'node:fs/promises'
import pg from 'pg'
import type { DatabaseTarget } from './database.ts'
import { databaseFolder, takeFolder } from './embedded/connect-embedded.ts'
import { codeOf, DatabaseUnavailable, databaseName, explainConnectionError } from './unavailable.ts'

/** Every server has these; the first one that lets us in is where databases are created and dropped from. */
const MAINTENANCE_DATABASES: readonly string[] = ['postgres', 'template1']

/** Creates the database if it is not there; the embedded one is made by opening it. True if it was created. */
export async function createDatabase(target: DatabaseTarget): Promise<boolean> {
  if (!('url' in target) || (await isThere(target.url))) return false
  return await onServer(target.url, client => create(client, databaseName(target.url)))
}

/** Drops the database with all that is in it, whoever uses it, and creates it empty. */
export async function recreateDatabase(target: DatabaseTarget): Promise<void> {
  if ('url' in target) await recreateOnServer(target.url)
  else await removeEmbedded(target.dataDir)
}

async function isThere(url: string): Promise<boolean> {
  const client = await connectedTo(url).catch((error: unknown) => {
    if (codeOf(error) === '3D000') return undefined
    throw explainConnectionError(url, error)
  })
  await client?.end()
  return client !== undefined
}

async function recreateOnServer(url: string): Promise<void> {
  const name = databaseName(url)
  if (MAINTENANCE_DATABASES.includes(name)) {
    throw new DatabaseUnavailable(
      `The database "${name}" is the server's own and is not dropped: give Parley one of its own in DATABASE_URL.`,
    )
  }
  await onServer(url, async client => {
    await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`)
    await create(client, name)
  })
}

async function removeEmbedded(dataDir: string): Promise<void> {
  const lock = await takeFolder(dataDir)
  try {
    await rm(databaseFolder(dataDir), { recursive: true, force: true })
  } finally {
    await lock.release()
  }
}

async function create(client: pg.Client, name: string): Promise<boolean> {
  try {
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} ENCODING 'UTF8' TEMPLATE template0`)
    return true
  } catch (error) {
    // Another process was quicker: duplicate_database, or the unique index behind it.
    if (['42P04', '23505'].includes(codeOf(error))) return false
    throw error
  }
}

async function onServer<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectedToServer(url)
  try {
    return await act(client)
  } catch (error) {
    throw codeOf(error) === '42501' ? mayNotCreate(url, error) : explainConnectionError(url, error)
  } finally {
    await client.end()
  }
}

async function connectedToServer(url: string): Promise<pg.Client> {
  let refusal: unknown
  for (const name of MAINTENANCE_DATABASES) {
    try {
      return await connectedTo(withDatabase(url, name))
    } catch (error) {
      refusal = error
    }
  }
  throw explainConnectionError(url, refusal)
}

async function connectedTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  return client
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

function mayNotCreate(url: string, cause: unknown): DatabaseUnavailable {
  const name = databaseName(url)
  return new DatabaseUnavailable(
    `This user may not create databases. Let an administrator of the server run: CREATE DATABASE "${name}" OWNER <this user> ENCODING 'UTF8' TEMPLATE template0;`,
    { cause },
  )
}
