import { type FailureCode, ParleyError } from '../errors.ts'

/** A failure as Socket.IO's events and acknowledgements spell it. */
export interface WireFailure {
  readonly code: FailureCode
  readonly message?: string
  /** Seconds, as in REST. */
  readonly retryAfter?: number
  readonly details?: ParleyError['details']
}

export const readFailure = ({ code, message, retryAfter, details }: WireFailure, cause?: unknown) =>
  new ParleyError(code, {
    ...(message !== undefined && { message }),
    ...(details && { details }),
    retryAfterMs: retryAfter === undefined ? null : retryAfter * 1000,
    cause,
  })

/** Socket.IO's own failures carry no `data`; a server that refuses says its code there, or in the message. */
const REFUSALS: ReadonlySet<string> = new Set<FailureCode>([
  'unauthorized',
  'forbidden',
  'protocol_outdated',
  'rate_limited',
  'unavailable',
])

export interface Refusal {
  readonly message: string
  readonly data?: Partial<WireFailure>
}

/** Why the handshake was refused. */
export function readRefusal(refusal: Refusal): ParleyError {
  const { message, data } = refusal
  const code = data?.code ?? message
  if (data?.code || REFUSALS.has(code)) return readFailure({ ...data, code: code as FailureCode }, refusal)
  return new ParleyError('unreachable', { cause: refusal })
}

export type WireAck = { readonly ok: true } | { readonly ok: false; readonly error: WireFailure }
