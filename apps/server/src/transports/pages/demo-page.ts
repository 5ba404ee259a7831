import type { FastifyInstance } from 'fastify'
import { demoPage, demoPlace } from '../../demo/page.ts'
import { DEMO_STYLE } from '../../demo/style.ts'
import type { Locale } from '../../operations/types.ts'
import type { FrontGate } from '../http/front-gate.ts'
import { contentSecurityPolicy } from '../http/security-headers.ts'
import { REVALIDATED } from './cache.ts'

/** A shop that embeds the widget as anybody's page would. Not for production: who runs a chat has pages of his own. */
export function routeDemo(app: FastifyInstance, gate: Pick<FrontGate, 'locale'>): void {
  app.get<{ Querystring: { lang?: unknown } }>('/demo', (request, reply) => {
    const place = demoPlace(request.headers.host ?? '')
    return reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy(place.server.replace('//', '')),
        'cache-control': REVALIDATED,
        vary: 'Accept-Language',
      })
      .send(demoPage(chosen(request.query.lang) ?? gate.locale(request.raw), place))
  })
  app.get('/demo/style.css', (_request, reply) =>
    reply
      .headers({ 'content-type': 'text/css; charset=utf-8', 'cache-control': REVALIDATED })
      .send(DEMO_STYLE),
  )
}

const chosen = (lang: unknown): Locale | null => (lang === 'en' || lang === 'zh' ? lang : null)

/** What a shop would have to allow for the widget: its script, its frame, its styles, and asking the server. */
const policy = (server: string): string => {
  const from = ["'self'", ...(server === '' ? [] : [server])]
  return contentSecurityPolicy({
    'default-src': ["'none'"],
    'script-src': from,
    'frame-src': from,
    'connect-src': from,
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'https:', 'data:'],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  })
}
