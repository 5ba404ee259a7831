// Starts what is measured: the bare relay, or the built Parley server on a fresh PostgreSQL database.
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { type Measured, pause } from './figures.ts'

export const here = import.meta.dirname
const SERVER = resolve(here, '../../../apps/server/dist/main.js')
export const API_KEY = 'load-run-key-of-this-machine-only'

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return port
}

const TICKS_PER_SECOND = 100
/** CPU seconds that a process has used, all its threads, user and system. Linux only. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

/** Resident memory, MB. */
export const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

export async function startRelay(): Promise<Measured> {
  const port = await freePort()
  const child = fork(join(here, 'relay.js'), { env: { ...process.env, PORT: String(port) } })
  await once(child, 'message')
  const stop = async () => {
    child.kill()
    await once(child, 'exit')
  }
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop }
}

const adminUrl = process.env['PARLEY_TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

export async function freshDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `parley_load_${process.pid}_${Date.now()}`
  const admin = new pg.Client(adminUrl)
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  const drop = async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.end()
  }
  return { url: url.href, drop }
}

export interface RunningParley extends Measured {
  /** From the process's start to its health's first `ok`. */
  readonly startedInMs: number
}

export const newDataDir = () => mkdtempSync(join(tmpdir(), 'parley-load-'))
export const dropDataDir = (dataDir: string) => rmSync(dataDir, { recursive: true, force: true })

/** For `--cpu-prof` and the like, which `NODE_OPTIONS` doesn't take. */
const nodeOptions = (process.env['PARLEY_NODE_OPTIONS'] ?? '').split(' ').filter(Boolean)

/** The built server with limits of rate off. */
export async function startParley(databaseUrl: string, dataDir: string): Promise<RunningParley> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, [...nodeOptions, SERVER], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_ENV: 'production',
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      LOG_DIR: join(dataDir, 'logs'),
      LOG_LEVEL: 'warn',
      DATABASE_URL: databaseUrl,
      JWT_SECRET: 'a-secret-for-load-runs-only-0123456789',
      API_KEY,
      RATE_LIMIT_PER_MINUTE: '0',
      SEND_LIMIT_PER_MINUTE: '0',
    },
  })
  const exited = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    await pause(5)
  }
  const startedInMs = performance.now() - began
  const stop = async () => {
    child.kill('SIGTERM')
    await exited
  }
  return { url, pid: child.pid ?? 0, startedInMs, stop }
}

const isHealthy = (url: string): Promise<boolean> =>
  fetch(`${url}/api/health`).then(
    ({ ok }) => ok,
    () => false,
  )
