import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { TEST_CERTIFICATE, TEST_KEY } from '../support/certificate.ts'
import { curl, stockClient } from '../support/client.ts'
import { API_KEY, makePlace, root } from '../support/server.ts'

const MAIN = join(root, 'apps/server/dist/main.js')
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

interface Run {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  readonly exited: Promise<number | null>
}

/** The built server, as `npm start` runs it. */
async function run(environment: Readonly<Record<string, string>>): Promise<Run> {
  const cwd = await mkdtemp(join(tmpdir(), 'parley-process-'))
  const child = spawn(process.execPath, [MAIN], {
    cwd,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', ...environment },
  })
  const chunks = { out: '', err: '' }
  child.stdout.on('data', chunk => (chunks.out += chunk))
  child.stderr.on('data', chunk => (chunks.err += chunk))
  const exited = new Promise<number | null>(resolve => child.once('exit', resolve))
  ends.push(async () => {
    child.kill('SIGKILL')
    await exited
    await rm(cwd, { recursive: true, force: true })
  })
  return { child, out: () => chunks.out, err: () => chunks.err, exited }
}

async function place(): Promise<Record<string, string>> {
  const { dataDir, databaseUrl, drop } = await makePlace()
  ends.push(drop)
  return { DATA_DIR: dataDir, API_KEY, ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }) }
}

async function running(environment: Readonly<Record<string, string>>): Promise<Run & { url: string }> {
  const started = await run(environment)
  const url = await vi.waitFor(
    () => {
      const [, found] = /running at (\S+)/.exec(started.out()) ?? []
      if (!found) throw new Error(`it does not run: ${started.out()}${started.err()}`)
      return found
    },
    { timeout: 14_000 },
  )
  return { ...started, url }
}

const listening = async (): Promise<{ port: number; server: Server }> => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, server }
}

describe('a start that can’t be', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['a wrong setting', { PORT: 'eighty' }, /^PORT: must be a whole number/],
    ['open mode in production', { NODE_ENV: 'production', AUTH_OPEN_TOKENS: 'true' }, /^AUTH_OPEN_TOKENS: /],
    ['a key without its certificate', { HTTPS_KEY: 'key.pem' }, /^HTTPS_CERT: /],
    ['a folder of logs that is a file', { LOG_DIR: MAIN }, /^LOG_DIR: .* is a file: name a folder$/],
    ['a folder of logs in a file', { LOG_DIR: `${MAIN}/logs` }, /^LOG_DIR: .* leads through a file/],
    [
      'a database that is not there',
      { DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/none' },
      /^DATABASE_URL: Cannot use PostgreSQL at 127.0.0.1:1, database "none": nothing listens there/,
    ],
    [
      'one that is named in parts',
      { DB_HOST: '127.0.0.1', DB_PORT: '1', DB_PASSWORD: 'hunter2' },
      /^DB_HOST, DB_PORT, DB_PASSWORD: Cannot use PostgreSQL at 127.0.0.1:1, .*: nothing listens there/,
    ],
  ])('%s: one line that says what, and exit code 1', async (_, environment, told) => {
    const { exited, err } = await run(environment)
    expect(await exited).toBe(1)
    expect(err().trim()).toMatch(told)
    expect(err().trim().split('\n')).toHaveLength(1)
    expect(err()).not.toContain('hunter2')
  })

  it('is one in production without a JWT_SECRET', async () => {
    const { exited, err } = await run({ ...(await place()), NODE_ENV: 'production' })
    expect(await exited).toBe(1)
    expect(err()).toMatch(/^JWT_SECRET: is missing[^\n]*\n$/)
  })

  it('is one on a port in use, and leaves nothing behind', async () => {
    const { port, server } = await listening()
    const environment = { ...(await place()), PORT: String(port) }
    const refused = await run(environment)
    expect(await refused.exited).toBe(1)
    expect(refused.err()).toMatch(new RegExp(`^PORT: ${port} is in use[^\\n]*\\n$`))
    await new Promise(resolve => server.close(resolve))
    await running(environment)
  })

  it('is one with certificate files that are none', async () => {
    const { exited, err } = await run({ ...(await place()), HTTPS_KEY: MAIN, HTTPS_CERT: MAIN })
    expect(await exited).toBe(1)
    expect(err()).toMatch(/^HTTPS_CERT: is no certificate/)
  })
})

describe('a stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s answers what is under way, and sends clients elsewhere',
    async signal => {
      const { child, exited, url } = await running(await place())
      const { body } = await curl(url, 'POST /api/auth/token', { body: {} })
      const client = await stockClient(url, { token: body.data['token'] })
      const started = await curl(url, 'POST /api/chat/start-session', {
        body: {},
        headers: { authorization: `Bearer ${String(body.data['token'])}` },
      })
      const reason = new Promise<string>(resolve => client.socket.once('disconnect', resolve))
      const { sessionId } = started.body.data
      const acknowledged = Array.from({ length: 20 }, (_, n) =>
        client.socket.emitWithAck('send_message', { sessionId, message: `message ${n}` }).catch(() => null),
      )
      await acknowledged[0]
      child.kill(signal)
      expect(await exited).toBe(0)
      expect(await reason).toBe('transport close')
    },
  )

  it('is at once with a second signal', async () => {
    const { child, exited } = await running(await place())
    child.kill('SIGTERM')
    child.kill('SIGTERM')
    expect([0, 1]).toContain(await exited)
  })
})

describe('over HTTPS', () => {
  it('serves with the given certificate', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'parley-tls-'))
    ends.push(() => rm(dir, { recursive: true, force: true }))
    const [HTTPS_KEY, HTTPS_CERT] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
    await Promise.all([writeFile(HTTPS_KEY, TEST_KEY), writeFile(HTTPS_CERT, TEST_CERTIFICATE)])
    const { url } = await running({ ...(await place()), HTTPS_KEY, HTTPS_CERT })
    expect(url).toMatch(/^https:\/\/localhost:/)
    const headers = await new Promise<NodeJS.Dict<string | string[]>>((resolve, reject) => {
      request(`${url}/api/health`, { rejectUnauthorized: false }, response =>
        resolve(response.resume().headers),
      )
        .on('error', reject)
        .end()
    })
    expect(headers['strict-transport-security']).toContain('max-age')
  })
})
