import { ERRORS, type ErrorCode, Failure } from '@parley/contracts'
import { TRPCError } from '@trpc/server'
import { type ToldFailure, tell } from '../../operations/failure.ts'
import type { Locale } from '../../operations/types.ts'

/** What a client finds in `error.data`, besides tRPC's own. */
export interface TrpcFailureData {
  /** The code of api.md §1. */
  readonly error: ErrorCode
  readonly details?: ToldFailure['details']
  /** Seconds. */
  readonly retryAfter?: number
  readonly requestId: string
}

export const trpcError = (failure: Failure): TRPCError =>
  new TRPCError({ code: ERRORS[failure.code].trpc, cause: failure })

/** What tRPC itself refuses, before any operation: it has words of its own, which say nothing of ours. */
const OWN: Readonly<Record<string, () => Failure>> = {
  NOT_FOUND: () => new Failure('not_found', { reason: 'route' }),
  METHOD_NOT_SUPPORTED: () => new Failure('not_found', { reason: 'route' }),
  PARSE_ERROR: () => new Failure('validation_failed'),
  BAD_REQUEST: () => new Failure('validation_failed'),
  PAYLOAD_TOO_LARGE: () => new Failure('payload_too_large', { max: '64 KiB' }),
  UNSUPPORTED_MEDIA_TYPE: () => new Failure('unsupported_media_type'),
}

export function failureBehind(error: TRPCError): Failure {
  if (error.cause instanceof Failure) return error.cause
  return OWN[error.code]?.() ?? new Failure('internal')
}

export function trpcFailure(error: TRPCError, locale: Locale, requestId: string) {
  const { code, message, details, retryAfter } = tell(failureBehind(error), locale)
  const data: TrpcFailureData = {
    error: code,
    requestId,
    ...(details && { details }),
    ...(retryAfter !== undefined && { retryAfter }),
  }
  return { message, data }
}
