import {
  COMMON_ERRORS,
  ERROR_CODES,
  ERRORS,
  type ErrorCode,
  Failure,
  type Operation,
} from '@parley/contracts'
import { tell } from '../operations/failure.ts'
import type { JsonSchema } from './json-schema.ts'

/** All that an operation may fail with, `internal` left out: nobody can rely on it. */
export function failuresOf(operation: Operation, hasBody: boolean): ErrorCode[] {
  const common = operation.who.includes('anyone')
    ? COMMON_ERRORS.filter(code => code !== 'forbidden')
    : COMMON_ERRORS
  const ofBody: readonly ErrorCode[] = hasBody ? ['payload_too_large', 'unsupported_media_type'] : []
  const all = new Set<ErrorCode>([...common, ...operation.errors, ...ofBody])
  return ERROR_CODES.filter(code => all.has(code))
}

export function byStatus(codes: readonly ErrorCode[]): ReadonlyMap<number, ErrorCode[]> {
  const groups = new Map<number, ErrorCode[]>()
  for (const code of codes)
    groups.set(ERRORS[code].status, [...(groups.get(ERRORS[code].status) ?? []), code])
  return groups
}

const problem = { path: 'sessionId', message: 'is required' }
const PARAMS: Partial<Record<ErrorCode, Record<string, string | number>>> = {
  rate_limited: { seconds: 12 },
  payload_too_large: { max: '64 KiB' },
}

export function exampleFailure(code: ErrorCode): Record<string, unknown> {
  const { message, details } = tell(
    new Failure(code, PARAMS[code] ?? {}, code === 'validation_failed' ? [problem] : []),
    'en',
  )
  return {
    success: false,
    message,
    error: code,
    ...(details && { details }),
    requestId: '7f1c9a52-31c5-4a0e-9d0e-0a4b1f5c2d3e',
  }
}

const problemSchema: JsonSchema = {
  type: 'object',
  properties: { path: { type: 'string' }, message: { type: 'string' } },
  required: ['path', 'message'],
}

export const failureSchema: JsonSchema = {
  type: 'object',
  description: '`message` is for a person and follows `Accept-Language`; `error` is for programs.',
  properties: {
    success: { const: false },
    message: { type: 'string' },
    error: { type: 'string', enum: ERROR_CODES },
    details: { type: 'array', items: problemSchema },
    requestId: { type: 'string' },
  },
  required: ['success', 'message', 'error', 'requestId'],
}

/** As lasting connections get it. */
export const toldFailureSchema: JsonSchema = {
  type: 'object',
  properties: {
    code: { type: 'string', enum: ERROR_CODES },
    message: { type: 'string' },
    details: { type: 'array', items: problemSchema },
    retryAfter: { type: 'integer', description: 'Seconds.' },
  },
  required: ['code', 'message'],
}
