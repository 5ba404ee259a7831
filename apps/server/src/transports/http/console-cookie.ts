import type { IncomingMessage } from 'node:http'
import { parse, serialize } from 'cookie'
import type { OriginVerdict } from './origins.ts'

/** On every request with the cookie that is no GET: a form or a script of another site can't send it unasked. */
export const CONSOLE_HEADER = 'x-parley'

/** Browsers take a `__Host-` name over HTTPS only: no other host or path of the domain can set it. */
const nameOf = (secure: boolean): string => (secure ? '__Host-parley-console' : 'parley-console')

/** The console's cookie, where the request shows that it comes from the server's own pages; otherwise null. */
export function consoleCookieOf(
  { headers, method }: IncomingMessage,
  origin: OriginVerdict,
  secure: boolean,
): string | null {
  const fromOwnPage = origin === 'own' || (origin === 'none' && headers['sec-fetch-site'] === 'same-origin')
  if (headers.cookie === undefined || !fromOwnPage) return null
  if (method !== 'GET' && method !== 'HEAD' && headers[CONSOLE_HEADER] === undefined) return null
  return parse(headers.cookie)[nameOf(secure)] || null
}

/** The `Set-Cookie` that gives the cookie, or with no seconds takes it away. */
export const consoleCookie = (token: string, seconds: number, secure: boolean): string =>
  serialize(nameOf(secure), token, {
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: '/',
    maxAge: seconds,
  })
