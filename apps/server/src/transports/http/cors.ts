import type { IncomingHttpHeaders } from 'node:http'
import { CONSOLE_HEADER } from './console-cookie.ts'

/** What a page of an allowed origin may read of an answer. Never with credentials: the cookie is for own pages. */
export const corsHeaders = (origin: string): Record<string, string> => ({
  'access-control-allow-origin': origin,
  'access-control-expose-headers': 'X-Request-Id, Retry-After',
  vary: 'Origin',
})

const MAY_SEND = [
  'authorization',
  'content-type',
  'accept-language',
  'x-api-key',
  'x-request-id',
  CONSOLE_HEADER,
]
/** Seconds. */
const PREFLIGHT_LASTS = '600'

export const preflightHeaders = (): Record<string, string> => ({
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': MAY_SEND.join(', '),
  'access-control-max-age': PREFLIGHT_LASTS,
})

export const isPreflight = (method: string | undefined, headers: IncomingHttpHeaders): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
