import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { createLog } from './log.ts'

const SECRET = 'hunter2-the-secret'
const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function logged(
  write: (logger: ReturnType<typeof createLog>['logger']) => void,
  { tty = false, level = 'info' } = {},
) {
  const dir = await mkdtemp(join(tmpdir(), 'parley-log-'))
  folders.push(dir)
  const out = Object.assign(new PassThrough(), { isTTY: tty })
  const chunks: Buffer[] = []
  out.on('data', chunk => chunks.push(chunk))
  const log = createLog({ level, dir, console: out })
  write(log.logger)
  await log.close()
  const read = (name: string) => readFile(join(dir, name), 'utf8')
  return {
    dir,
    console: Buffer.concat(chunks).toString(),
    app: await read('app.log'),
    errors: await read('error.log'),
  }
}

const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))

describe('log', () => {
  it('writes JSON to the console and app.log, and errors to error.log too', async () => {
    const written = await logged(logger => {
      logger.info({ port: 3000 }, 'listening')
      logger.error({ err: new TypeError('boom') }, 'it failed')
      logger.debug('not asked for')
    })
    expect(lines(written.console)).toEqual(lines(written.app))
    expect(lines(written.app).map(({ level, msg }) => [level, msg])).toEqual([
      ['info', 'listening'],
      ['error', 'it failed'],
    ])
    expect(lines(written.app)[0]).toMatchObject({ time: expect.stringMatching(/^\d{4}-.*Z$/), port: 3000 })
    expect(lines(written.errors)).toEqual([
      expect.objectContaining({ err: expect.objectContaining({ name: 'TypeError', message: 'boom' }) }),
    ])
  })

  it('is readable by its owner only', async () => {
    const { dir } = await logged(logger => logger.info('hello'))
    expect((await stat(join(dir, 'app.log'))).mode & 0o077).toBe(0)
  })

  it('writes for a person on a terminal', async () => {
    const { console: shown } = await logged(
      logger => logger.warn({ port: 3000, err: new Error('boom') }, 'careful'),
      { tty: true },
    )
    expect(shown).toMatch(/\d\d:\d\d:\d\d.*warn.*careful.*port=3000/)
    expect(shown).toContain('Error: boom')
  })

  it('is silent when told so', async () => {
    const { console: shown, app } = await logged(logger => logger.error('hello'), { level: 'silent' })
    expect([shown, app]).toEqual(['', ''])
  })

  it.each<[string, Record<string, unknown>]>([
    ['a field', { token: SECRET }],
    ['a nested field', { user: { password: SECRET } }],
    ['a deeper one', { a: { b: { apiKey: SECRET } } }],
    ['headers', { headers: { authorization: `Bearer ${SECRET}`, cookie: SECRET } }],
    ['what a client sent', { body: { message: SECRET } }],
    ['what it was answered', { payload: { content: SECRET } }],
    [
      'a connection string in an error',
      { err: new Error(`can't reach postgres://parley:${SECRET}@db:5432/parley`) },
    ],
    ['a query in an error', { err: new Error(`GET /files/a.png?token=${SECRET}&x=1 failed`) }],
    [
      'a driver’s long message',
      { err: new Error(`Invalid invocation:\n{ text: "${SECRET}" }\nArgument is missing.`) },
    ],
    [
      'a row in a driver’s error',
      { err: Object.assign(new Error('violates'), { detail: `Failing row (${SECRET})`, code: '23502' }) },
    ],
    [
      'a header in a cause',
      { err: new Error('outer', { cause: new Error(`Authorization: Bearer ${SECRET}`) }) },
    ],
    [
      'issues of a schema',
      {
        err: Object.assign(new Error('contract'), { issues: [{ path: ['text'], code: 'x', input: SECRET }] }),
      },
    ],
    ['something thrown that is no error', { err: `password=${SECRET}` }],
  ])('never writes a secret: %s', async (_, object) => {
    const written = await logged(logger => logger.error(object, 'it failed'))
    expect(written.console + written.app + written.errors).not.toContain(SECRET)
    expect(written.app).toContain('it failed')
  })
})
