import type { ErrorCode, FieldProblem } from './contract-types.ts'

/** `unreachable`: no answer came. `closed`: this client was closed. `stale`: an unsent message is over a day old. */
export type FailureCode = ErrorCode | 'unreachable' | 'closed' | 'stale'

/** The same request, unchanged, may succeed later. Equal to `ERRORS[code].retry` of the contracts: a test compares them. */
const RETRYABLE: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'rate_limited',
  'internal',
  'unavailable',
  'unreachable',
])

export interface ParleyErrorFields {
  /** For a person, in the language the request asked for. */
  readonly message?: string
  readonly details?: readonly FieldProblem[]
  readonly retryAfterMs?: number | null
  readonly requestId?: string | null
  readonly cause?: unknown
}

export class ParleyError extends Error {
  override readonly name = 'ParleyError'
  readonly code: FailureCode
  readonly details: readonly FieldProblem[]
  /** How long the server asks to wait before the next try. Milliseconds. */
  readonly retryAfterMs: number | null
  readonly requestId: string | null

  constructor(code: FailureCode, fields: ParleyErrorFields = {}) {
    super(fields.message ?? code, { cause: fields.cause })
    this.code = code
    this.details = fields.details ?? []
    this.retryAfterMs = fields.retryAfterMs ?? null
    this.requestId = fields.requestId ?? null
  }

  /** Whatever was thrown: one that nobody foresaw is `internal`. */
  static of(error: unknown): ParleyError {
    return error instanceof ParleyError ? error : new ParleyError('internal', { cause: error })
  }

  /** May the same request succeed later? */
  get retry(): boolean {
    return RETRYABLE.has(this.code)
  }
}
