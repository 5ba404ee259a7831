import { isIP } from 'node:net'
import { origin, STRATEGIES } from '@parley/contracts'
import { isSupportedCountry } from 'libphonenumber-js/max'
import { z } from 'zod'

const flag = z
  .enum(['true', 'false', '1', '0'], 'must be true or false')
  .transform(value => value === 'true' || value === '1')

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine(value => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)

const DAY_MS = 86_400_000
const milliseconds = whole(0, 365 * DAY_MS)

const DURATION = /^(\d{1,9})(s|m|h|d)?$/
const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const

/** `24h`, `30m`, `7d`, `3600` → seconds. */
const duration = z
  .string()
  .regex(DURATION, 'must be a duration such as 24h, 30m or 7d')
  .transform(value => {
    const [, count, unit = 's'] = DURATION.exec(value) ?? []
    return Number(count) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS]
  })
  .refine(seconds => seconds >= 60 && seconds <= 366 * 86_400, 'must be from 1 minute to 366 days')

/** Several values, by commas. */
const list = <T extends z.ZodType<unknown, string>>(item: T) =>
  z
    .string()
    .transform(value =>
      value
        .split(',')
        .map(part => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item))

const isAddressBlock = (value: string): boolean => {
  const [address = '', bits, ...rest] = value.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}
const addressBlock = z.string().refine(isAddressBlock, 'must be IP addresses or CIDR blocks, by commas')

const url = (protocols: RegExp, message: string) =>
  z.string().refine(value => URL.canParse(value) && protocols.test(value), { message, abort: true })

/** With anything but an origin somebody means something that is not done: a server in a folder of its host, say. */
const isBareOrigin = (value: string): boolean => {
  const { username, password, pathname, search, hash } = new URL(value)
  return `${username}${password}${search}${hash}` === '' && pathname === '/'
}

/** An origin as it is typed: a slash at its end is no reason to stop. */
const typedOrigin = z
  .string()
  .transform(value => value.replace(/\/$/, '').toLowerCase())
  .pipe(origin)

const hostName = z.string().regex(/^[a-z0-9.-]+(:\d+)?$/i, 'must be host names, by commas')
const secret = (min: number) => z.string().min(min, `must be at least ${min} characters`)

/** Every environment variable that the server reads. `.env.example` names the same ones, see settings.test.ts. */
export const variables = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'must be development, production or test')
    .default('development'),
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: url(/^https?:\/\//i, 'must be an http or https URL')
    .refine(
      isBareOrigin,
      'must be scheme, host and port alone, such as https://chat.example.com: no user, path or query',
    )
    .optional(),
  FRONTEND_URLS: list(typedOrigin).default([]),
  TRUST_PROXY: list(addressBlock).default([]),
  HTTPS_KEY: z.string().optional(),
  HTTPS_CERT: z.string().optional(),

  DATA_DIR: z.string().default('data'),
  DATABASE_URL: url(/^postgres(ql)?:\/\//, 'must be a postgres:// URL')
    .refine(
      value => new URL(value).pathname.length > 1,
      'names no database: it must end in one, as postgres://user:password@host:5432/database does',
    )
    .optional(),
  DB_HOST: z.string().optional(),
  DB_PORT: whole(1, 65_535).optional(),
  DB_NAME: z.string().optional(),
  DB_USER: z.string().optional(),
  DB_USERNAME: z.string().optional(),
  DB_PASSWORD: z.string().optional(),
  REDIS_URL: url(/^rediss?:\/\//, 'must be a redis:// URL').optional(),
  REDIS_HOST: z.string().optional(),
  REDIS_PORT: whole(1, 65_535).optional(),
  REDIS_PASSWORD: z.string().optional(),
  REDIS_DB: whole(0, 1023).optional(),

  JWT_SECRET: secret(32).optional(),
  JWT_EXPIRES_IN: duration.default(86_400),
  API_KEY: secret(16).optional(),
  IDENTITY_SECRET: secret(16).optional(),
  AUTH_OPEN_TOKENS: flag.optional(),

  RATE_LIMIT_PER_MINUTE: whole(0, 1_000_000).default(600),
  SEND_LIMIT_PER_MINUTE: whole(0, 1_000_000).default(600),
  CODE_LIMIT_PER_HOUR: whole(0, 1_000_000).default(20),

  ASSIGNMENT_STRATEGY: z.enum(STRATEGIES, `must be ${STRATEGIES.join(' or ')}`).default('least-busy'),
  OPERATOR_GRACE_MS: milliseconds.default(30_000),
  WAITING_TIMEOUT_MS: milliseconds.default(600_000),
  IDLE_TIMEOUT_MS: milliseconds.default(1_800_000),

  MESSAGE_MAX_LENGTH: whole(1, 20_000).default(1000),
  HEARTBEAT_MS: whole(100, 300_000).default(30_000),
  RECALL_WINDOW_MS: milliseconds.default(120_000),
  DIRECT_MESSAGES: z.enum(['friends', 'anyone'], 'must be friends or anyone').default('friends'),
  FILE_HOSTS: list(hostName).default([]),
  FILE_URL_TTL_MS: whole(1000, 365 * DAY_MS).default(DAY_MS),
  FILE_MAX_BYTES: whole(1, 1_000_000_000).default(10_485_760),

  STORAGE_DRIVER: z.enum(['folder', 's3'], 'must be folder or s3').default('folder'),
  S3_ENDPOINT: url(/^https?:\/\//i, 'must be an http or https URL')
    .refine(
      value => new URL(value).username === '' && new URL(value).search === '',
      'must be an address alone',
    )
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/, 'must be a region such as eu-central-1')
    .default('us-east-1'),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_FORCE_PATH_STYLE: flag.default(false),

  SMS_DRIVER: z.enum(['outbox', 'webhook'], 'must be outbox or webhook').optional(),
  SMS_WEBHOOK_URL: url(/^https?:\/\//i, 'must be an http or https URL')
    .refine(value => new URL(value).username === '' && new URL(value).password === '', 'must name no user')
    .optional(),
  SMS_WEBHOOK_SECRET: secret(16).optional(),
  SMS_WEBHOOK_TIMEOUT_MS: whole(100, 60_000).default(10_000),
  DEFAULT_REGION: z.string().refine(isSupportedCountry, 'must be a country code such as CN').optional(),

  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  LOG_DIR: z.string().default('logs'),
})

export type Variables = z.output<typeof variables>
