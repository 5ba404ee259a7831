import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readSettings } from './settings.ts'
import { SettingsError } from './settings-error.ts'
import { variables } from './variables.ts'

const example = readFileSync(fileURLToPath(new URL('../../../../.env.example', import.meta.url)), 'utf8')

function refusal(environment: Record<string, string>): string {
  try {
    readSettings(environment)
    return 'taken'
  } catch (error) {
    if (error instanceof SettingsError) return error.message
    throw error
  }
}

describe('.env.example', () => {
  const given = parseEnv(example)

  it('names every setting, and none that is not there', () => {
    expect(Object.keys(given).sort()).toEqual(Object.keys(variables.shape).sort())
  })

  it('says what a setting is where it names it', () => {
    for (const name of Object.keys(given)) {
      const lines = example.split('\n')
      const at = lines.findIndex(line => line.startsWith(`${name}=`))
      const group = lines.slice(0, at).findLastIndex(line => line.startsWith('#'))
      expect({ name, explained: group >= 0 }).toEqual({ name, explained: true })
    }
  })

  it('says the defaults: a copy of it changes nothing', () => {
    expect(readSettings(given)).toEqual(readSettings({}))
  })
})

describe('settings', () => {
  it('has the defaults of api.md', () => {
    expect(readSettings({})).toMatchObject({
      environment: 'development',
      port: 3000,
      dataDir: 'data',
      databaseUrl: null,
      redisUrl: null,
      jwtExpiresInSeconds: 86_400,
      rateLimitPerMinute: 600,
      sendLimitPerMinute: 600,
      codeLimitPerHour: 20,
      assignmentStrategy: 'least-busy',
      operatorGraceMs: 30_000,
      waitingTimeoutMs: 600_000,
      idleTimeoutMs: 1_800_000,
      messageMaxLength: 1000,
      recallWindowMs: 120_000,
      heartbeatMs: 30_000,
      openTokens: true,
      sms: { driver: 'outbox' },
      defaultRegion: null,
    })
  })

  it('takes what is empty for not given', () => {
    expect(readSettings({ PORT: '', JWT_SECRET: '  ', API_KEY: '' })).toEqual(readSettings({}))
  })

  it.each([
    ['30m', 1800],
    ['24h', 86_400],
    ['7d', 604_800],
    ['3600', 3600],
  ])('reads the duration %s', (text, seconds) => {
    expect(readSettings({ JWT_EXPIRES_IN: text }).jwtExpiresInSeconds).toBe(seconds)
  })

  it('reads lists, and origins however they are typed', () => {
    const { frontendUrls, trustProxy } = readSettings({
      FRONTEND_URLS: 'https://Shop.example.com/, http://localhost:5173',
      TRUST_PROXY: '10.0.0.0/8,::1',
    })
    expect(frontendUrls).toEqual(['https://shop.example.com', 'http://localhost:5173'])
    expect(trustProxy).toEqual(['10.0.0.0/8', '::1'])
  })

  it('takes the origin out of PUBLIC_URL', () => {
    expect(readSettings({ PUBLIC_URL: 'https://chat.example.com/' }).publicUrl).toBe(
      'https://chat.example.com',
    )
  })

  it.each<[Record<string, string>, string | null]>([
    [{ DATABASE_URL: 'postgres://a@b/c', DB_HOST: 'other' }, 'postgres://a@b/c'],
    [{ DB_HOST: 'db' }, 'postgresql://postgres@db:5432/parley'],
    [{ DB_NAME: 'chat' }, 'postgresql://postgres@localhost:5432/chat'],
    [
      { DB_HOST: 'db', DB_PORT: '6432', DB_NAME: 'chat', DB_USERNAME: 'me', DB_PASSWORD: 'p@ss/word' },
      'postgresql://me:p%40ss%2Fword@db:6432/chat',
    ],
    [{ DB_HOST: '::1', DB_USER: 'a', DB_USERNAME: 'b' }, 'postgresql://a@[::1]:5432/parley'],
    [{ DATABASE_URL: 'postgres://a@b/c', DB_PASSWORD: 'unused' }, 'postgres://a@b/c'],
    [{}, null],
  ])('makes a database of %j', (environment, url) => {
    expect(readSettings(environment).databaseUrl).toBe(url)
  })

  it.each<[Record<string, string>, string | null]>([
    [{ REDIS_URL: 'redis://r:1' }, 'redis://r:1'],
    [{ REDIS_HOST: 'r' }, 'redis://r:6379/0'],
    [{ REDIS_HOST: 'r', REDIS_PORT: '1', REDIS_PASSWORD: 's:t', REDIS_DB: '3' }, 'redis://:s%3At@r:1/3'],
    [{ REDIS_PORT: '1' }, null],
  ])('makes a Redis of %j', (environment, url) => {
    expect(readSettings(environment).redisUrl).toBe(url)
  })
})

describe('a wrong setting', () => {
  it.each<[string, string]>([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['NODE_ENV', 'staging'],
    ['JWT_SECRET', 'short'],
    ['JWT_EXPIRES_IN', 'soon'],
    ['JWT_EXPIRES_IN', '0s'],
    ['API_KEY', 'short'],
    ['IDENTITY_SECRET', 'short'],
    ['PUBLIC_URL', 'chat.example.com'],
    ['PUBLIC_URL', 'https://me:hunter2@chat.example.com'],
    ['PUBLIC_URL', 'https://example.com/chat'],
    ['PUBLIC_URL', 'https://chat.example.com/?a=b'],
    ['PUBLIC_URL', 'https://chat.example.com/#top'],
    ['FRONTEND_URLS', 'https://ok.example.com,example.com'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'proxy'],
    ['DATABASE_URL', 'mysql://a@b/c'],
    ['DATABASE_URL', 'postgres://a@b'],
    ['DATABASE_URL', 'postgres://a@b:5432/?sslmode=require'],
    ['DB_PORT', '0'],
    ['DB_PORT', '5432'],
    ['DB_USER', 'parley'],
    ['DB_USERNAME', 'parley'],
    ['DB_PASSWORD', 'hunter2'],
    ['REDIS_URL', 'http://r'],
    ['RATE_LIMIT_PER_MINUTE', '-1'],
    ['SEND_LIMIT_PER_MINUTE', '1.5'],
    ['ASSIGNMENT_STRATEGY', 'random'],
    ['OPERATOR_GRACE_MS', '30s'],
    ['MESSAGE_MAX_LENGTH', '0'],
    ['AUTH_OPEN_TOKENS', 'yes'],
    ['DIRECT_MESSAGES', 'everyone'],
    ['FILE_HOSTS', 'https://files.example.com'],
    ['SMS_DRIVER', 'pigeon'],
    ['DEFAULT_REGION', 'China'],
    ['LOG_LEVEL', 'loud'],
    ['HTTPS_KEY', 'key.pem'],
    ['HTTPS_CERT', 'cert.pem'],
  ])('%s=%s is told in one line that names it', (name, value) => {
    const told = refusal({ [name]: value })
    const named = name === 'HTTPS_KEY' ? 'HTTPS_CERT' : name === 'HTTPS_CERT' ? 'HTTPS_KEY' : name
    expect(told).toMatch(new RegExp(`^${named}: .{5,}`))
    expect(told).not.toContain('\n')
    expect(told).not.toContain('Invalid')
  })

  it('never repeats what was given: it may be a secret', () => {
    expect(refusal({ JWT_SECRET: 'my-short-secret' })).not.toContain('my-short-secret')
    expect(refusal({ DATABASE_URL: 'mysql://me:hunter2@b/c' })).not.toContain('hunter2')
  })

  it.each(['DB_PORT', 'DB_USER', 'DB_USERNAME', 'DB_PASSWORD'])(
    'is %s without a database that it is of',
    name => {
      expect(refusal({ [name]: '5432' })).toBe(
        `${name}: names no database: set DB_HOST or DB_NAME too, or DATABASE_URL`,
      )
    },
  )

  it('is open mode in production', () => {
    expect(refusal({ NODE_ENV: 'production', AUTH_OPEN_TOKENS: 'true' })).toMatch(/^AUTH_OPEN_TOKENS: /)
    expect(readSettings({ NODE_ENV: 'production' }).openTokens).toBe(false)
    expect(readSettings({ NODE_ENV: 'production', AUTH_OPEN_TOKENS: 'false' }).openTokens).toBe(false)
    expect(readSettings({ AUTH_OPEN_TOKENS: 'false' }).openTokens).toBe(false)
  })
})

describe('where files are', () => {
  const s3 = {
    STORAGE_DRIVER: 's3',
    S3_BUCKET: 'parley-files',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'secret',
  }

  it('is a folder, unless it is a bucket with all that it takes', () => {
    expect(readSettings({}).storage).toEqual({ driver: 'folder' })
    expect(
      readSettings({ ...s3, S3_ENDPOINT: 'https://s.example.com', S3_FORCE_PATH_STYLE: 'true' }).storage,
    ).toEqual({
      ...{ driver: 's3', endpoint: 'https://s.example.com', region: 'us-east-1', bucket: 'parley-files' },
      ...{ accessKeyId: 'id', secretAccessKey: 'secret', forcePathStyle: true },
    })
  })

  it.each(['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'])('a bucket needs %s', name => {
    expect(refusal({ ...s3, [name]: '' })).toContain(name)
  })

  it.each([
    ['STORAGE_DRIVER', 'ftp'],
    ['S3_ENDPOINT', 'ftp://s.example.com'],
    ['S3_ENDPOINT', 'https://me:secret@s.example.com'],
    ['S3_BUCKET', 'Not a bucket'],
    ['S3_REGION', '../x'],
    ['FILE_MAX_BYTES', '0'],
  ])('%s is not %s', (name, value) => {
    expect(refusal({ ...s3, [name]: value })).toContain(name)
  })
})
