import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyEmbedded, createTestDatabase } from '../../src/adapters/postgres/testing.ts'
import { readSettings } from '../../src/config/settings.ts'
import { type StartedServer, startServer } from '../../src/server/start-server.ts'
import { createLog } from '../../src/telemetry/log.ts'

export const root = fileURLToPath(new URL('../../../../', import.meta.url))
export const API_KEY = 'a-key-of-the-tests-alone'

export interface TestServer extends StartedServer {
  readonly dataDir: string
  /** All that was logged so far, in files and on the console. */
  logged(): Promise<string>
  /** Stops it and drops what it kept. */
  close(): Promise<void>
}

/** A whole server on a free port: over PostgreSQL where there is one, else over the embedded database. */
export async function startTestServer(
  environment: Readonly<Record<string, string>> = {},
): Promise<TestServer> {
  const { dataDir, databaseUrl, drop } = await makePlace()
  const settings = readSettings({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    LOG_DIR: join(dataDir, 'logs'),
    API_KEY,
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
    ...environment,
  })
  const console_: string[] = []
  const log = createLog({ level: settings.logLevel, dir: settings.logDir, console: collector(console_) })
  const server = await startServer(settings, { root, logger: log.logger })
  return {
    ...server,
    dataDir,
    logged: async () => console_.join('') + (await readFile(join(dataDir, 'logs', 'app.log'), 'utf8')),
    async close() {
      await server.stop()
      await log.close()
      await drop()
    },
  }
}

/** A folder and, where there is one, a database, both empty and both gone after. */
export async function makePlace(): Promise<{
  dataDir: string
  databaseUrl: string | null
  drop(): Promise<void>
}> {
  if (!process.env['PARLEY_TEST_DATABASE_URL']) {
    const dataDir = await copyEmbedded({})
    return { dataDir, databaseUrl: null, drop: () => rm(dataDir, { recursive: true, force: true }) }
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-server-'))
  const { url, drop } = await createTestDatabase()
  return {
    dataDir,
    databaseUrl: url,
    async drop() {
      await drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function collector(chunks: string[]): NodeJS.WritableStream {
  const out = { write: (chunk: string) => Boolean(chunks.push(chunk)) }
  return out as unknown as NodeJS.WritableStream
}
