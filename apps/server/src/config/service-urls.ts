import { SettingsError } from './settings-error.ts'
import type { Variables } from './variables.ts'

/** These say something of a database, but not which. */
const DETAILS = ['DB_PORT', 'DB_USER', 'DB_USERNAME', 'DB_PASSWORD'] as const

/** `DATABASE_URL`, or one made of `DB_*`; null where none is given. */
export function databaseUrl(v: Variables): string | null {
  if (v.DATABASE_URL) return v.DATABASE_URL
  if (v.DB_HOST === undefined && v.DB_NAME === undefined) {
    const detail = DETAILS.find(name => v[name] !== undefined)
    if (detail)
      throw new SettingsError(detail, 'names no database: set DB_HOST or DB_NAME too, or DATABASE_URL')
    return null
  }
  const user = v.DB_USER ?? v.DB_USERNAME ?? 'postgres'
  return url(
    'postgresql',
    v.DB_HOST ?? 'localhost',
    v.DB_PORT ?? 5432,
    v.DB_NAME ?? 'parley',
    user,
    v.DB_PASSWORD,
  )
}

/** Which settings `databaseUrl` comes from; null where it is none. */
export function databaseSetting(v: Variables): string | null {
  if (v.DATABASE_URL) return 'DATABASE_URL'
  const parts = (['DB_HOST', 'DB_NAME', ...DETAILS] as const).filter(name => v[name] !== undefined)
  return parts.length === 0 ? null : parts.join(', ')
}

/** `REDIS_URL`, or one made of `REDIS_*`; null where neither names a server. */
export function redisUrl(v: Variables): string | null {
  if (v.REDIS_URL) return v.REDIS_URL
  if (v.REDIS_HOST === undefined) return null
  return url('redis', v.REDIS_HOST, v.REDIS_PORT ?? 6379, String(v.REDIS_DB ?? 0), '', v.REDIS_PASSWORD)
}

function url(scheme: string, host: string, port: number, path: string, user: string, password = ''): string {
  const secret = password && `:${encodeURIComponent(password)}`
  const login = user || secret ? `${encodeURIComponent(user)}${secret}@` : ''
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return `${scheme}://${login}${name}:${port}/${encodeURIComponent(path)}`
}
