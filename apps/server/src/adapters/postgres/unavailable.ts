import pg from 'pg'

/** The database can't be used. The message is one line for the person who starts the server. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}

/** The same, beginning with the setting that somebody will have to look at. */
export function namingSetting(error: unknown, setting: string | null): unknown {
  if (!(error instanceof DatabaseUnavailable) || setting === null) return error
  return error.message.startsWith(setting)
    ? error
    : new DatabaseUnavailable(`${setting}: ${error.message}`, { cause: error })
}

const UNKNOWN_AUTHORITY =
  'its certificate is of an authority unknown here. Name that with ?sslmode=verify-full&sslrootcert=<its file>.'

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there. Is PostgreSQL running, and are host and port right?',
  ECONNRESET: 'the connection was cut. Is it PostgreSQL that listens on this port?',
  ENOTFOUND: 'there is no such host. Is its name right?',
  EAI_AGAIN: 'the name of the host could not be looked up. Does name resolution work here?',
  ENOENT: 'there is no such socket. Is PostgreSQL running?',
  EHOSTUNREACH: 'no route leads there. Is the network up?',
  ENETUNREACH: 'no route leads there. Is the network up?',
  ETIMEDOUT: 'it did not answer in time. Is the host right, and does a firewall stand between?',
  '28P01': 'it refuses the password. Are user and password right?',
  '28000':
    'it refuses this user. Does pg_hba.conf let it in, and must the address end in ?sslmode=verify-full?',
  '3D000': 'there is no such database. `npm run db:init` creates it.',
  '42501': 'this user lacks a right. Give it CONNECT on the database and CREATE on its schema public.',
  '53300': 'it has no connection left. Raise its max_connections, or close other clients.',
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name. Use the name it is for.',
  '57P03': 'it is starting up or shutting down. Try again in a moment.',
}

/** Where an address leads, without user and password. */
export function describeTarget(url: string): string {
  const { host, port, database } = clientFor(url)
  const place = host.startsWith('/') ? host : `${host}:${port}`
  return `PostgreSQL at ${place}, database "${database ?? ''}"`
}

export function databaseName(url: string): string {
  return clientFor(url).database ?? ''
}

export function explainConnectionError(url: string, error: unknown): DatabaseUnavailable {
  return new DatabaseUnavailable(`Cannot use ${describeTarget(url)}: ${reasonOf(error)}`, { cause: error })
}

function clientFor(url: string): pg.Client {
  try {
    if (!/^postgres(ql)?:\/\//.test(url)) throw new Error('It names another protocol.')
    return new pg.Client(url)
  } catch (cause) {
    throw new DatabaseUnavailable(
      'DATABASE_URL is no address of a PostgreSQL database. It looks like ' +
        'postgres://user:password@host:5432/database, with special characters of the password percent-encoded.',
      { cause },
    )
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = codeOf(error)
  return (
    reasons[code] ?? reasonWithoutCode(error.message) ?? `${error.message}${code === '' ? '' : ` (${code})`}`
  )
}

/** The driver's own failures have no code. */
function reasonWithoutCode(message: string): string | undefined {
  if (/timeout/i.test(message)) return reasons['ETIMEDOUT']
  if (/does not support SSL/.test(message)) return 'it speaks no TLS. Leave sslmode out of the address.'
  return undefined
}

/** PostgreSQL's SQLSTATE or the system's error code; empty if it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
