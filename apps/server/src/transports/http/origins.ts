import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { Settings } from '../../config/settings.ts'
import { isLoopbackName } from './loopback.ts'

/** What a request's `Origin` is to this server. `none`: it has none, so that its credential alone decides. */
export type OriginVerdict = 'none' | 'own' | 'allowed' | 'refused'

export interface Origins {
  /** The server's own, as this request reached it. */
  own(request: IncomingMessage): string
  isSecure(request: IncomingMessage): boolean
  judge(request: IncomingMessage): OriginVerdict
  /** Other origins that may call and frame the widget, besides loopback outside production. */
  others(): readonly string[]
}

type OriginSettings = Pick<Settings, 'publicUrl' | 'frontendUrls' | 'production'>

export function createOrigins(settings: OriginSettings, siteOrigins: () => readonly string[]): Origins {
  const others = () => [...settings.frontendUrls, ...siteOrigins().map(origin => origin.toLowerCase())]
  const own = (request: IncomingMessage) => settings.publicUrl ?? directOrigin(request)
  return {
    own,
    others,
    isSecure: request => own(request).startsWith('https:'),
    judge(request) {
      const origin = request.headers.origin?.toLowerCase()
      if (origin === undefined) return 'none'
      if (origin === own(request)) return 'own'
      if (!settings.production && isLoopbackOrigin(origin)) return 'allowed'
      return others().includes(origin) ? 'allowed' : 'refused'
    },
  }
}

/** As it reached this process itself: `PUBLIC_URL` says what a proxy hides. */
function directOrigin(request: IncomingMessage): string {
  const scheme = (request.socket as Partial<TLSSocket>).encrypted === true ? 'https' : 'http'
  const address = `${scheme}://${request.headers.host ?? ''}`
  return URL.canParse(address) ? new URL(address).origin : ''
}

const isLoopbackOrigin = (origin: string): boolean =>
  URL.canParse(origin) && isLoopbackName(new URL(origin).hostname)
