import { ERRORS, type ErrorCode, Failure, type FieldProblem } from '@parley/contracts'
import { StoreUnavailable } from '@parley/core'
import { format, textsOf } from '../texts/translate.ts'
import type { Locale } from './types.ts'

/** A failure as its caller reads it; each door puts it into its own form. */
export interface ToldFailure {
  readonly code: ErrorCode
  readonly message: string
  readonly details?: readonly FieldProblem[]
  /** Seconds. */
  readonly retryAfter?: number
}

/** Errors of the network and of the database that say that it is away, by what drivers call them. */
const OUTAGES: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  // Prisma: can't reach, timed out, connection closed, no connection free in time.
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  // PostgreSQL: shutting down, crashed, starting up, too many connections.
  '57P01',
  '57P02',
  '57P03',
  '53300',
])

/** Whatever was thrown, as a failure. What is not one of ours is `internal`: its text may tell secrets. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (error instanceof StoreUnavailable || isOutage(error)) return new Failure('unavailable')
  return new Failure('internal')
}

const isOutage = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && OUTAGES.has(error.code)

/** Is it the server's own fault, so that somebody should look? */
export const isOurFault = (failure: Failure): boolean => ERRORS[failure.code].status >= 500

export function tell(failure: Failure, locale: Locale): ToldFailure {
  const [first] = failure.details
  const named = first ? { field: first.path || 'none', problem: first.message } : {}
  const message = format(locale, textsOf(locale).errors[failure.code], { ...named, ...failure.params })
  const seconds = failure.params['seconds']
  return {
    code: failure.code,
    message,
    ...(failure.details.length > 0 && { details: failure.details }),
    ...(typeof seconds === 'number' && { retryAfter: seconds }),
  }
}
