import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { createDatabase, type TestDatabase } from './database.ts'

const MAIN = resolve(import.meta.dirname, '../../../../apps/server/dist/main.js')
/** What tells of a failure: logs, and pictures of pages. */
export const RESULTS = resolve(import.meta.dirname, '../../test-results')
export const API_KEY = 'an-api-key-for-end-to-end-tests'

export const HAS_DATABASE = process.env['PARLEY_TEST_DATABASE_URL'] !== undefined

export interface TestServer {
  /** `http://localhost:<port>`: another site than `http://127.0.0.1:<port>`. */
  readonly url: string
  readonly port: number
  readonly database: Pick<TestDatabase, 'contents'>
  /** Of the operating system; another one after each start. */
  readonly pid: number
  /** What it has printed so far. */
  output(): string
  adminPassword(): Promise<string>
  /** Where it keeps what it keeps, `outbox/sms.jsonl` among it. */
  readonly dataDir: string
  /** What has gone to phones, oldest first. */
  texts(): Promise<SentText[]>
  /** As a power switch would: no signal handler runs. */
  kill(): Promise<void>
  /** Again, on the same port, data and database. */
  start(): Promise<void>
  /** Ends it and drops what it had. */
  close(): Promise<void>
}

export interface SentText {
  readonly to: string
  readonly code: string
  readonly text: string
  readonly at: string
}

type Settings = Readonly<Record<string, string>>

/** The built server for the tests of a file, and what it has printed where one of them fails. */
export function useServer(settings: Settings = {}): { readonly server: TestServer } {
  let started: TestServer | undefined
  beforeAll(async () => {
    started = await startServer(settings)
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || !started) return
    await mkdir(RESULTS, { recursive: true })
    await writeFile(join(RESULTS, `${fileName(task.name)}.server.log`), started.output())
  })
  afterAll(() => started?.close())
  return {
    get server() {
      if (!started) throw new Error('the server is there only while tests run')
      return started
    },
  }
}

export const fileName = (name: string): string => name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)

/** On a PostgreSQL database of its own; `settings` go before what the tests need. */
async function startServer(settings: Settings = {}): Promise<TestServer> {
  const [port, database, dataDir] = await Promise.all([
    freePort(),
    createDatabase(),
    mkdtemp(join(tmpdir(), 'parley-e2e-')),
  ])
  const env = environment({ port, dataDir, databaseUrl: database.url }, settings)
  const url = `http://localhost:${port}`
  let printed = ''
  let child = run(env, chunk => {
    printed += chunk
  })
  const start = () => untilHealthy(url, child, () => printed)
  await start()
  return {
    url,
    port,
    dataDir,
    database,
    get pid() {
      return child.pid ?? 0
    },
    output: () => printed,
    async adminPassword() {
      const note = await readFile(join(dataDir, 'first-admin.txt'), 'utf8')
      return /^admin (.+)$/m.exec(note)?.[1] ?? ''
    },
    async texts() {
      const lines = await readFile(join(dataDir, 'outbox', 'sms.jsonl'), 'utf8')
      return lines
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line) as SentText)
    },
    kill: () => stop(child, 'SIGKILL'),
    async start() {
      child = run(env, chunk => {
        printed += chunk
      })
      await start()
    },
    async close() {
      await stop(child, 'SIGTERM')
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

interface Place {
  readonly port: number
  readonly dataDir: string
  readonly databaseUrl: string
}

const environment = ({ port, dataDir, databaseUrl }: Place, settings: Settings): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  NODE_ENV: 'development',
  PORT: String(port),
  DATA_DIR: dataDir,
  LOG_DIR: join(dataDir, 'logs'),
  LOG_LEVEL: 'warn',
  DATABASE_URL: databaseUrl,
  API_KEY,
  AUTH_OPEN_TOKENS: 'false',
  RATE_LIMIT_PER_MINUTE: '0',
  SEND_LIMIT_PER_MINUTE: '0',
  ...settings,
})

function run(env: NodeJS.ProcessEnv, print: (chunk: string) => void): ChildProcess {
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => print(String(chunk)))
  // A run of tests that is cut off leaves nothing behind.
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  return child
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function untilHealthy(url: string, child: ChildProcess, printed: () => string): Promise<void> {
  for (;;) {
    if (hasEnded(child)) throw new Error(`the server has ended (${child.exitCode}):\n${printed()}`)
    const healthy = await fetch(`${url}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (healthy) return
    await new Promise(resume => setTimeout(resume, 25))
  }
}
