// The real parts that tests use when the machine has them. What is found is named in the environment (README.md here).
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Redis } from 'ioredis'
import pg from 'pg'

/** Milliseconds; all of them are on this machine or near it. */
const patience = 3000

const oldestPostgres = 15

/**
 * @typedef {{ variable: string, what: string, value?: string, missing?: string }} Service
 *   `value` where it was found, or else why it is `missing`.
 */

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Service[]>}
 */
export function findServices(env) {
  return Promise.all([
    probe(
      'PARLEY_TEST_DATABASE_URL',
      'PostgreSQL',
      env['PARLEY_TEST_DATABASE_URL'] ?? postgresUrl(env),
      askPostgres,
    ),
    probe(
      'PARLEY_TEST_REDIS_URL',
      'Redis',
      env['PARLEY_TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379',
      askRedis,
    ),
    probe('PARLEY_TEST_CHROMIUM', 'Chromium', env['PARLEY_TEST_CHROMIUM'] ?? chromiumPath(env), askChromium),
  ])
}

/**
 * What was found, as tests read it.
 * @param {Service[]} services
 * @returns {Record<string, string>}
 */
export function foundEnv(services) {
  return Object.fromEntries(services.flatMap(({ variable, value }) => (value ? [[variable, value]] : [])))
}

/**
 * @param {string} variable
 * @param {string} what
 * @param {string | undefined} where
 * @param {(where: string) => Promise<void> | void} ask throws when it gets no good answer
 * @returns {Promise<Service>}
 */
async function probe(variable, what, where, ask) {
  if (!where) return { variable, what, missing: 'not on the PATH' }
  try {
    await ask(where)
    return { variable, what, value: where }
  } catch (error) {
    return { variable, what, missing: `${withoutPassword(where)}: ${reason(error)}` }
  }
}

/** @param {NodeJS.ProcessEnv} env */
function postgresUrl(env) {
  const part = (/** @type {string} */ name, /** @type {string} */ otherwise) =>
    encodeURIComponent(env[name] || otherwise)
  const password = env['PGPASSWORD'] ? `:${encodeURIComponent(env['PGPASSWORD'])}` : ''
  const host = part('PGHOST', '127.0.0.1')
  return `postgres://${part('PGUSER', 'postgres')}${password}@${host}:${part('PGPORT', '5432')}/${part('PGDATABASE', 'postgres')}`
}

/** @param {string} url */
async function askPostgres(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patience })
  client.on('error', () => undefined) // connect and query reject as well
  try {
    await client.connect()
    const { rows } = await client.query(
      `select current_setting('server_version_num')::int / 10000 as major, rolsuper or rolcreatedb as creates
       from pg_roles where rolname = current_user`,
    )
    if (rows[0].major < oldestPostgres)
      throw new Error(`is version ${rows[0].major}; ${oldestPostgres} or later is needed`)
    if (!rows[0].creates)
      throw new Error('its user may not create databases, which each test does for itself')
  } finally {
    await client.end().catch(() => undefined) // it may never have been open
  }
}

/** @param {string} url */
async function askRedis(url) {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: patience,
    commandTimeout: patience,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  /** @type {Error | undefined} */
  let cause
  client.on('error', error => {
    cause = error
  })
  try {
    await client.connect()
    await client.ping()
  } catch (error) {
    throw cause ?? error
  } finally {
    client.disconnect()
  }
}

/** @param {NodeJS.ProcessEnv} env */
function chromiumPath(env) {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = [...(env['PATH'] ?? '').split(delimiter), '/usr/bin', '/snap/bin']
  const places = names.flatMap(name => folders.map(folder => join(folder, name)))
  places.push('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
  return places.find(isProgram)
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @param {string} file */
function askChromium(file) {
  // Ubuntu's chromium-browser is a script that only says where to get one.
  const { status, error } = spawnSync(file, ['--version'], { timeout: 10 * patience })
  if (error) throw error
  if (status !== 0) throw new Error(`does not start (it ends with ${status})`)
}

/** @param {string} url */
function withoutPassword(url) {
  return url.replace(/(:\/\/[^:@/]*):[^@/]*@/, '$1:…@')
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function reason(error) {
  if (error instanceof AggregateError) return error.errors.map(reason).join(', ')
  return error instanceof Error ? error.message : String(error)
}
