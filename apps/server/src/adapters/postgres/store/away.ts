import { errorCode, errorTexts } from './error-code.ts'

/** What Prisma and its adapter call a database that is not there, does not answer in time, or was cut off. */
const PRISMA_CODES = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1011',
  'P1017',
  'P2024',
  'P2028',
  'P2034',
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TlsConnectionError',
])
/** Connection exceptions, resources that are used up, the server going down, and a cut network. */
const CODES = /^(08...|53...|57P0.|57014|40001|40P01|E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN|NOTFOUND).*)$/
const MESSAGES =
  /connection (terminated|ended|timeout)|timeout exceeded when trying to connect|server has closed|embedded database has stopped|not queryable|pool after calling end/i

/** Says the error that the database is away, so that nothing is known of what was asked? */
export function isAway(error: unknown): boolean {
  const code = errorCode(error)
  return PRISMA_CODES.has(code) || CODES.test(code) || MESSAGES.test(errorTexts(error))
}
