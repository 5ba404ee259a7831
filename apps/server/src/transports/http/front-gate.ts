import type { IncomingMessage } from 'node:http'
import { Failure } from '@parley/contracts'
import type { Settings } from '../../config/settings.ts'
import type { Credentials, Locale } from '../../operations/types.ts'
import { localeOf } from '../../texts/translate.ts'
import { createCallerAddress } from './caller-address.ts'
import { consoleCookieOf } from './console-cookie.ts'
import { isOpenRequest } from './open-mode.ts'
import { createOrigins, type Origins, type OriginVerdict } from './origins.ts'

/** What every door asks of a request before anything else. */
export interface FrontGate {
  readonly origins: Origins
  address(request: IncomingMessage): string
  locale(request: IncomingMessage): Locale
  isOpen(request: IncomingMessage): boolean
  /** The verdict on its origin; one that may not call is `Failure('forbidden')`. */
  admit(request: IncomingMessage): OriginVerdict
  credentials(request: IncomingMessage, origin: OriginVerdict): Credentials
}

export type GateSettings = Pick<
  Settings,
  'publicUrl' | 'frontendUrls' | 'production' | 'trustProxy' | 'openTokens'
>

export function createFrontGate(settings: GateSettings, siteOrigins: () => readonly string[]): FrontGate {
  const origins = createOrigins(settings, siteOrigins)
  const isOpen = (request: IncomingMessage) => settings.openTokens && isOpenRequest(request)
  return {
    origins,
    address: createCallerAddress(settings.trustProxy),
    locale: request => localeOf(request.headers['accept-language']),
    isOpen,
    admit(request) {
      const verdict = origins.judge(request)
      if (verdict === 'refused') throw new Failure('forbidden', { reason: 'origin' })
      return verdict
    },
    credentials: (request, origin) => ({
      bearer: bearerOf(request.headers.authorization),
      apiKey: single(request.headers['x-api-key']),
      consoleCookie: consoleCookieOf(request, origin, origins.isSecure(request)),
      open: isOpen(request),
    }),
  }
}

/** The token of an `Authorization` header. Another scheme is no credential of ours, and counts as a wrong one. */
function bearerOf(authorization: string | undefined): string | null {
  if (!authorization) return null
  const [, token] = /^Bearer +(\S+) *$/i.exec(authorization) ?? []
  return token ?? ''
}

const single = (header: string | string[] | undefined): string | null => [header ?? []].flat()[0] ?? null
