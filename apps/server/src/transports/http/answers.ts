import { ERRORS, type Failure } from '@parley/contracts'
import { tell } from '../../operations/failure.ts'
import type { Locale } from '../../operations/types.ts'

/** A failure as an HTTP answer: the envelope of api.md §1. */
export interface HttpFailure {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
}

export function httpFailure(failure: Failure, locale: Locale, requestId: string): HttpFailure {
  const { code, message, details, retryAfter } = tell(failure, locale)
  return {
    status: ERRORS[code].status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    },
    body: { success: false, message, error: code, ...(details && { details }), requestId },
  }
}
