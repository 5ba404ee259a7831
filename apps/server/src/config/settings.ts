import type { Strategy } from '@parley/contracts'
import { databaseSetting, databaseUrl, redisUrl } from './service-urls.ts'
import { SettingsError } from './settings-error.ts'
import { type Variables, variables } from './variables.ts'

/** How this server is set: api.md §9 and §1–3. Times in milliseconds unless a name says otherwise. */
export interface Settings {
  readonly environment: 'development' | 'production' | 'test'
  readonly production: boolean
  readonly port: number
  /** What to listen on; null: every address. */
  readonly host: string | null
  /** The origin people reach this server by, where a proxy stands before it. */
  readonly publicUrl: string | null
  /** Origins that may call, besides the server's own and the site's. */
  readonly frontendUrls: readonly string[]
  /** Whose `X-Forwarded-For` counts: addresses and CIDR blocks. */
  readonly trustProxy: readonly string[]
  /** Files in PEM; both or neither. */
  readonly https: { readonly keyFile: string; readonly certFile: string } | null
  readonly dataDir: string
  /** null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null
  /** The names of the settings that say so. */
  readonly databaseSetting: string | null
  readonly redisUrl: string | null
  /** As given; null: the one kept in `dataDir`. */
  readonly jwtSecret: string | null
  readonly jwtExpiresInSeconds: number
  readonly apiKey: string | null
  readonly identitySecret: string | null
  /** Open mode, see §2. It counts for loopback requests only. */
  readonly openTokens: boolean
  /** Requests; 0: no limit. So are the next two. */
  readonly rateLimitPerMinute: number
  readonly sendLimitPerMinute: number
  readonly codeLimitPerHour: number
  readonly assignmentStrategy: Strategy
  readonly operatorGraceMs: number
  /** 0: never. So is the next. */
  readonly waitingTimeoutMs: number
  readonly idleTimeoutMs: number
  /** Code points. */
  readonly messageMaxLength: number
  readonly recallWindowMs: number
  /** A connection whose other end answers nothing for this long is dead. */
  readonly heartbeatMs: number
  readonly directMessages: 'friends' | 'anyone'
  readonly fileHosts: readonly string[]
  readonly fileUrlTtlMs: number
  /** Of one upload. */
  readonly fileMaxBytes: number
  /** Where the content of files is. */
  readonly storage:
    | { readonly driver: 'folder' }
    | {
        readonly driver: 's3'
        /** null: Amazon's. */
        readonly endpoint: string | null
        readonly region: string
        readonly bucket: string
        readonly accessKeyId: string
        readonly secretAccessKey: string
        /** The bucket is in the path rather than in the host's name. */
        readonly forcePathStyle: boolean
      }
  /** Who sends texts to phones; null: nobody. */
  readonly sms:
    | { readonly driver: 'outbox' }
    | {
        readonly driver: 'webhook'
        readonly url: string
        readonly secret: string
        readonly timeoutMs: number
      }
    | null
  readonly defaultRegion: string | null
  readonly logLevel: Variables['LOG_LEVEL']
  readonly logDir: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** The settings of these variables. Throws a `SettingsError` for the first that is wrong. */
export function readSettings(environment: Environment): Settings {
  return settingsOf(parse(environment))
}

function parse(environment: Environment): Variables {
  // `PORT=` in a file means "not set", as in a shell's ${PORT:-3000}.
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '')
  const parsed = variables.safeParse(Object.fromEntries(given.map(([name, value]) => [name, value?.trim()])))
  if (parsed.success) return parsed.data
  const [problem] = parsed.error.issues
  throw new SettingsError(String(problem?.path[0] ?? 'settings'), problem?.message ?? 'is wrong')
}

function settingsOf(v: Variables): Settings {
  const production = v.NODE_ENV === 'production'
  return {
    environment: v.NODE_ENV,
    production,
    port: v.PORT,
    host: v.HOST ?? null,
    publicUrl: v.PUBLIC_URL ? new URL(v.PUBLIC_URL).origin : null,
    frontendUrls: v.FRONTEND_URLS,
    trustProxy: v.TRUST_PROXY,
    https: httpsFiles(v),
    dataDir: v.DATA_DIR,
    databaseUrl: databaseUrl(v),
    databaseSetting: databaseSetting(v),
    redisUrl: redisUrl(v),
    jwtSecret: v.JWT_SECRET ?? null,
    jwtExpiresInSeconds: v.JWT_EXPIRES_IN,
    apiKey: v.API_KEY ?? null,
    identitySecret: v.IDENTITY_SECRET ?? null,
    openTokens: openTokens(v),
    rateLimitPerMinute: v.RATE_LIMIT_PER_MINUTE,
    sendLimitPerMinute: v.SEND_LIMIT_PER_MINUTE,
    codeLimitPerHour: v.CODE_LIMIT_PER_HOUR,
    assignmentStrategy: v.ASSIGNMENT_STRATEGY,
    operatorGraceMs: v.OPERATOR_GRACE_MS,
    waitingTimeoutMs: v.WAITING_TIMEOUT_MS,
    idleTimeoutMs: v.IDLE_TIMEOUT_MS,
    messageMaxLength: v.MESSAGE_MAX_LENGTH,
    recallWindowMs: v.RECALL_WINDOW_MS,
    heartbeatMs: v.HEARTBEAT_MS,
    directMessages: v.DIRECT_MESSAGES,
    fileHosts: v.FILE_HOSTS,
    fileUrlTtlMs: v.FILE_URL_TTL_MS,
    fileMaxBytes: v.FILE_MAX_BYTES,
    storage: fileStorage(v),
    sms: smsDriver(v),
    defaultRegion: v.DEFAULT_REGION ?? null,
    logLevel: v.LOG_LEVEL,
    logDir: v.LOG_DIR,
  }
}

function httpsFiles(v: Variables): Settings['https'] {
  if (v.HTTPS_KEY && v.HTTPS_CERT) return { keyFile: v.HTTPS_KEY, certFile: v.HTTPS_CERT }
  if (v.HTTPS_KEY) throw new SettingsError('HTTPS_CERT', 'is missing: HTTPS_KEY and HTTPS_CERT go together')
  if (v.HTTPS_CERT) throw new SettingsError('HTTPS_KEY', 'is missing: HTTPS_KEY and HTTPS_CERT go together')
  return null
}

function smsDriver(v: Variables): Settings['sms'] {
  const driver = v.SMS_DRIVER ?? (v.NODE_ENV === 'production' ? null : 'outbox')
  if (driver !== 'webhook') return driver && { driver }
  const { SMS_WEBHOOK_URL: url, SMS_WEBHOOK_SECRET: secret } = v
  const missing = 'is missing: SMS_DRIVER=webhook needs it'
  if (url === undefined) throw new SettingsError('SMS_WEBHOOK_URL', missing)
  if (secret === undefined) throw new SettingsError('SMS_WEBHOOK_SECRET', missing)
  return { driver, url, secret, timeoutMs: v.SMS_WEBHOOK_TIMEOUT_MS }
}

function fileStorage(v: Variables): Settings['storage'] {
  if (v.STORAGE_DRIVER === 'folder') return { driver: 'folder' }
  const given = <N extends 'S3_BUCKET' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'>(name: N): string => {
    const value = v[name]
    if (value === undefined) throw new SettingsError(name, 'is missing: STORAGE_DRIVER=s3 needs it')
    return value
  }
  return {
    driver: 's3',
    endpoint: v.S3_ENDPOINT ?? null,
    region: v.S3_REGION,
    bucket: given('S3_BUCKET'),
    accessKeyId: given('S3_ACCESS_KEY_ID'),
    secretAccessKey: given('S3_SECRET_ACCESS_KEY'),
    forcePathStyle: v.S3_FORCE_PATH_STYLE,
  }
}

function openTokens(v: Variables): boolean {
  if (v.NODE_ENV === 'production' && v.AUTH_OPEN_TOKENS) {
    throw new SettingsError(
      'AUTH_OPEN_TOKENS',
      'is for local development: with NODE_ENV=production it must be false or unset',
    )
  }
  return v.AUTH_OPEN_TOKENS ?? v.NODE_ENV !== 'production'
}
