/** One row an error: what each door answers, and whether the same request may succeed later. */
export interface ErrorRow {
  /** HTTP status. */
  readonly status: number
  readonly trpc:
    | 'BAD_REQUEST'
    | 'UNAUTHORIZED'
    | 'FORBIDDEN'
    | 'NOT_FOUND'
    | 'CONFLICT'
    | 'PAYLOAD_TOO_LARGE'
    | 'UNSUPPORTED_MEDIA_TYPE'
    | 'TOO_MANY_REQUESTS'
    | 'SERVICE_UNAVAILABLE'
    | 'INTERNAL_SERVER_ERROR'
  /** WebSocket close code, where the failure ends a connection (RFC 6455, 7.4.1). */
  readonly close: number
  /** May the client send the same request again, unchanged, and expect another answer? */
  readonly retry: boolean
}

export const ERRORS = {
  validation_failed: { status: 400, trpc: 'BAD_REQUEST', close: 1008, retry: false },
  unauthorized: { status: 401, trpc: 'UNAUTHORIZED', close: 1008, retry: false },
  forbidden: { status: 403, trpc: 'FORBIDDEN', close: 1008, retry: false },
  identity_mismatch: { status: 403, trpc: 'FORBIDDEN', close: 1008, retry: false },
  not_friends: { status: 403, trpc: 'FORBIDDEN', close: 1008, retry: false },
  not_found: { status: 404, trpc: 'NOT_FOUND', close: 1008, retry: false },
  session_ended: { status: 409, trpc: 'CONFLICT', close: 1008, retry: false },
  no_operator_available: { status: 409, trpc: 'CONFLICT', close: 1008, retry: false },
  operator_at_capacity: { status: 409, trpc: 'CONFLICT', close: 1008, retry: false },
  recall_window_passed: { status: 409, trpc: 'CONFLICT', close: 1008, retry: false },
  conflict: { status: 409, trpc: 'CONFLICT', close: 1008, retry: false },
  payload_too_large: { status: 413, trpc: 'PAYLOAD_TOO_LARGE', close: 1009, retry: false },
  unsupported_media_type: { status: 415, trpc: 'UNSUPPORTED_MEDIA_TYPE', close: 1003, retry: false },
  rate_limited: { status: 429, trpc: 'TOO_MANY_REQUESTS', close: 1013, retry: true },
  protocol_outdated: { status: 409, trpc: 'CONFLICT', close: 1008, retry: false },
  internal: { status: 500, trpc: 'INTERNAL_SERVER_ERROR', close: 1011, retry: true },
  unavailable: { status: 503, trpc: 'SERVICE_UNAVAILABLE', close: 1013, retry: true },
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof ERRORS

export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]

/** What any operation may answer, so no operation lists it. */
export const COMMON_ERRORS = [
  'validation_failed',
  'unauthorized',
  'forbidden',
  'rate_limited',
  'unavailable',
] as const satisfies readonly ErrorCode[]

/** One field that is wrong: `path` in the caller's own spelling, dots between the parts. */
export interface FieldProblem {
  readonly path: string
  readonly message: string
}

/** A failure is data: a code, what the sentence about it needs, and the fields that are wrong. */
export class Failure extends Error {
  readonly code: ErrorCode
  readonly params: Readonly<Record<string, string | number>>
  readonly details: readonly FieldProblem[]

  constructor(
    code: ErrorCode,
    params: Readonly<Record<string, string | number>> = {},
    details: readonly FieldProblem[] = [],
  ) {
    super(code)
    this.name = 'Failure'
    this.code = code
    this.params = params
    this.details = details
  }
}
