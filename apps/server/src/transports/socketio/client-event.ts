import { type ErrorCode, Failure } from '@parley/contracts'
import { problemText } from '../../operations/problems.ts'
import type { Locale } from '../../operations/types.ts'

/** A client's event, taken apart: at most one payload, and the acknowledgement it asked for. */
export interface ClientEvent {
  readonly event: string
  readonly payload: unknown
  readonly acknowledge: ((answer: unknown) => void) | null
  readonly argumentsFit: boolean
}

type Acknowledge = (answer: unknown) => void
const isAcknowledge = (value: unknown): value is Acknowledge => typeof value === 'function'

export function clientEvent(event: string, args: readonly unknown[]): ClientEvent {
  const last = args.at(-1)
  const payloads = isAcknowledge(last) ? args.slice(0, -1) : args
  return {
    event,
    payload: payloads[0],
    acknowledge: isAcknowledge(last) ? last : null,
    argumentsFit: payloads.length <= 1 && !isBinary(payloads[0]),
  }
}

const isBinary = (value: unknown): boolean => value instanceof ArrayBuffer || ArrayBuffer.isView(value)

export const badArguments = (locale: Locale) => problem('one_argument', locale)
export const unknownEvent = (locale: Locale) => problem('unknown_event', locale)

function problem(
  key: 'one_argument' | 'unknown_event',
  locale: Locale,
  code: ErrorCode = 'validation_failed',
): Failure {
  return new Failure(code, {}, [{ path: 'event', message: problemText(locale, key) }])
}
