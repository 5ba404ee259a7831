import { readFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import { type Database, openDatabase } from '../adapters/postgres/connect.ts'
import { migrate } from '../adapters/postgres/migrations/migrate.ts'
import { namingSetting } from '../adapters/postgres/unavailable.ts'
import type { Settings } from '../config/settings.ts'
import type { FirstStart } from '../features/site/index.ts'
import { createServer } from '../server.ts'
import { listen } from './listen.ts'

export interface StartOptions {
  /** The repository's root, with a slash at its end. */
  readonly root: string
  readonly logger: Logger
}

export interface StartedServer {
  readonly url: string
  readonly first: FirstStart
  readonly embedded: boolean
  /** Resolves when the database can never be used again by this process. */
  readonly lost: Promise<Error>
  stop(): Promise<void>
}

/** From settings to a server that listens. Whatever fails on the way gives back what was taken. */
export async function startServer(
  settings: Settings,
  { root, logger }: StartOptions,
): Promise<StartedServer> {
  const database = await openDatabase(
    settings.databaseUrl === null ? { dataDir: settings.dataDir } : { url: settings.databaseUrl },
    { onFault: error => logger.warn({ err: error }, 'a connection to the database was cut') },
  ).catch(error => {
    throw namingSetting(error, settings.databaseSetting)
  })
  try {
    const applied = await migrate(database.pool, `${root}prisma/migrations`)
    if (applied.length > 0) logger.info({ migrations: applied }, 'brought the database up to date')
    return await overDatabase(settings, { root, logger, database })
  } catch (error) {
    await database.close()
    throw error
  }
}

async function overDatabase(
  settings: Settings,
  { root, logger, database }: StartOptions & { readonly database: Database },
): Promise<StartedServer> {
  const version = await versionIn(root)
  const server = await createServer(settings, { database, logger, version, root })
  const stop = async () => {
    await server.stop()
    await database.close()
  }
  try {
    const url = await listen(server.app, settings)
    logger.info({ url, version, database: database.kind }, 'listening')
    return { url, first: server.first, embedded: database.kind === 'embedded', lost: database.lost, stop }
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function versionIn(root: string): Promise<string> {
  const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as { version: string }
  return version
}
