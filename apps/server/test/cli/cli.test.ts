import { cp, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../../src/adapters/postgres/connect.ts'
import { databaseFolder } from '../../src/adapters/postgres/embedded/connect-embedded.ts'
import { embeddedTemplate } from '../../src/adapters/postgres/testing/template.ts'
import { createTestDatabase, migrationsDir } from '../../src/adapters/postgres/testing.ts'
import { runCommand } from '../../src/cli/run.ts'

// Each command opens the embedded database anew, and some make it.
vi.setConfig({ testTimeout: 180_000 })

type Environment = Record<string, string>

interface Place {
  readonly environment: Environment
  tidy(): Promise<void>
}

const folder = () => mkdtemp(join(tmpdir(), 'parley-cli-'))

async function embedded(): Promise<Place> {
  const dataDir = await folder()
  await cp(await embeddedTemplate(undefined), databaseFolder(dataDir), { recursive: true })
  return { environment: { DATA_DIR: dataDir }, tidy: () => rm(dataDir, { recursive: true }) }
}

async function server(): Promise<Place> {
  const dataDir = await folder()
  const { url, drop } = await createTestDatabase()
  const tidy = async () => {
    await drop()
    await rm(dataDir, { recursive: true })
  }
  return { environment: { DATA_DIR: dataDir, DATABASE_URL: url }, tidy }
}

const places = [
  { name: 'the embedded database', make: embedded },
  ...(process.env['PARLEY_TEST_DATABASE_URL'] ? [{ name: 'PostgreSQL', make: server }] : []),
]

/** A person at the terminal, or nobody. */
function terminal(answer: string | null) {
  const lines: string[] = []
  const asked: string[] = []
  return {
    lines,
    asked,
    say: (line: string) => lines.push(line),
    ask(question: string) {
      asked.push(question)
      return Promise.resolve(answer)
    },
  }
}

async function run(args: string, environment: Environment, answer: string | null = null) {
  const at = terminal(answer)
  const code = await runCommand(args.split(' '), { environment, migrationsDir, terminal: at })
  return { code, text: at.lines.join('\n'), asked: at.asked }
}

describe.each(places)('the commands, on $name', ({ make }) => {
  let place: Place
  const go = (args: string, more: Environment = {}, answer: string | null = null) =>
    run(args, { ...place.environment, ...more }, answer)
  beforeEach(async () => {
    place = await make()
  })
  afterEach(() => place.tidy())

  async function read<T>(sql: string): Promise<T[]> {
    const { DATABASE_URL: url, DATA_DIR: dataDir = '' } = place.environment
    const database = await openDatabase(url ? { url } : { dataDir })
    const { rows } = await database.pool.query(sql)
    await database.close()
    return rows
  }

  it('go from an empty database to a full one, and may be repeated', async () => {
    const empty = await go('db:test')
    expect(empty).toMatchObject({ code: 1 })
    expect(empty.text).toContain('`npm run db:init`')

    expect(await go('migrate')).toMatchObject({ code: 0, text: expect.stringMatching(/^Applied \d+_init\./) })
    expect(await go('db:init')).toMatchObject({ code: 0, text: expect.stringContaining('is up to date') })
    expect(await go('db:test')).toMatchObject({ code: 0, text: expect.stringContaining('All is well.') })

    expect(await go('db:seed')).toMatchObject({ code: 0, text: expect.stringContaining('8 sessions') })
    const counts = `SELECT (SELECT count(*)::int FROM sessions) AS sessions, (SELECT count(*)::int FROM messages) AS messages,
      (SELECT count(*)::int FROM operators) AS operators`
    const seeded = await read(counts)
    expect(await go('db:seed')).toMatchObject({ code: 0, text: expect.stringContaining('there already') })
    expect(await read(counts)).toEqual(seeded)
    expect(await go('db:test')).toMatchObject({ code: 0, text: expect.stringContaining('All is well.') })

    expect(await go('db:reset --yes')).toMatchObject({
      code: 0,
      text: expect.stringMatching(/Dropped[\s\S]*8 sessions/),
    })
    expect(await read(counts)).toEqual(seeded)
  })

  it('delete nothing that nobody has agreed to', async () => {
    await go('db:init')
    await read(`INSERT INTO sites (id, name, identity_secret) VALUES ('kept', '', '')`)
    const production = { NODE_ENV: 'production' }
    const refused = await Promise.all([
      run('db:init:force', place.environment),
      run('db:reset', place.environment, 'no'),
      run('db:init:force --yes', { ...place.environment, ...production }),
    ])
    expect(refused.map(({ code }) => code)).toEqual([1, 1, 1])
    expect(refused[0]?.text).toContain('--yes')
    expect(refused[1]).toMatchObject({
      text: 'Nothing was changed.',
      asked: [expect.stringContaining('Type "delete"')],
    })
    expect(refused[2]?.text).toContain('--i-know')
    expect(await read('SELECT id FROM sites')).toEqual([{ id: 'kept' }])
    expect(await go('db:init:force', {}, 'delete')).toMatchObject({ code: 0 })
    expect(await read('SELECT id FROM sites')).toEqual([])
    expect(await go('db:init:force --yes --i-know', production)).toMatchObject({ code: 0 })
  })

  it('give a lost password anew', async () => {
    await go('db:seed')
    const lost = await go('reset-password admin')
    expect(lost).toMatchObject({ code: 0, text: expect.stringMatching(/of admin is ([a-z2-9]{4}-?){4}\n/) })
    const [row] = await read<{ subject: string }>('SELECT subject FROM token_revocations')
    expect(row?.subject).toMatch(/^user:/)
    expect(await go('reset-password nobody')).toMatchObject({
      code: 1,
      text: expect.stringContaining('"nobody"'),
    })
  })

  it('write the first admin’s password to a file, not to the terminal', async () => {
    const { text } = await go('db:seed')
    const file = join(place.environment['DATA_DIR'] ?? '', 'first-admin.txt')
    expect(text).toContain(file)
    const password = (await readFile(file, 'utf8')).trim().split(' ').at(-1)
    expect(text).not.toContain(password)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })
})

describe('the commands', () => {
  it('ask each part for an answer, and say which one gives none', async () => {
    const { environment, tidy } = await embedded()
    expect(await run('test-connections', environment)).toMatchObject({
      code: 0,
      text: expect.stringMatching(/✓ the embedded database .*\n– Redis is not configured/),
    })
    const nowhere = {
      DATABASE_URL: 'postgres://me:secret@127.0.0.1:9/x',
      REDIS_URL: 'redis://:secret@127.0.0.1:9',
    }
    const { code, text } = await run('test-db', nowhere)
    expect(code).toBe(1)
    expect(text).toMatch(
      /✗ PostgreSQL at 127\.0\.0\.1:9[\s\S]*✗ Redis at 127\.0\.0\.1:9[\s\S]*2 connections failed\./,
    )
    expect(text).not.toContain('secret')
    await tidy()
  })

  it.skipIf(!process.env['PARLEY_TEST_REDIS_URL'])('hear a real Redis', async () => {
    const { environment, tidy } = await embedded()
    const redis = { REDIS_URL: process.env['PARLEY_TEST_REDIS_URL'] ?? '' }
    expect(await run('test-connections', { ...environment, ...redis })).toMatchObject({
      code: 0,
      text: expect.stringContaining('✓ Redis at'),
    })
    await tidy()
  })

  it('make nothing where they only look', async () => {
    const dataDir = join(await folder(), 'none')
    for (const command of ['db:test', 'test-db']) {
      expect(await run(command, { DATA_DIR: dataDir })).toMatchObject({
        code: 1,
        text: expect.stringContaining('db:init'),
      })
    }
    await expect(stat(dataDir)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('say in one line that a running server has the data folder', async () => {
    const { environment, tidy } = await embedded()
    const running = await openDatabase({ dataDir: environment['DATA_DIR'] ?? '' })
    for (const command of ['db:init', 'db:seed', 'db:init:force --yes', 'db:test', 'reset-password admin']) {
      const { code, text } = await run(command, environment)
      expect({ command, code, lines: text.split('\n').length }).toEqual({ command, code: 1, lines: 1 })
      expect(text).toMatch(/^The data folder .* is in use by process \d+/)
    }
    await running.close()
    await tidy()
  })

  it.each([
    ['', 1, 'npm run <command>'],
    ['help', 0, 'npm run <command>'],
    ['toString', 1, 'npm run <command>'],
    ['db:drop', 1, 'npm run <command>'],
    ['db:init --force', 1, 'db:init takes no --force.'],
    ['db:test now', 1, 'db:test takes no "now".'],
    ['reset-password', 1, 'reset-password needs a username.'],
    ['reset-password admin extra', 1, 'reset-password takes no "extra".'],
  ])('answer %j', async (args, code, text) => {
    expect(await run(args, {})).toMatchObject({ code, text: expect.stringContaining(text) })
  })

  it('name a wrong setting in one line', async () => {
    const { code, text } = await run('db:test', { PORT: 'many' })
    expect({ code, text }).toEqual({ code: 1, text: expect.stringMatching(/^PORT: [^\n]*$/) })
  })
})
