import type { FastifyInstance } from 'fastify'
import type { Origins } from '../http/origins.ts'
import { contentSecurityPolicy } from '../http/security-headers.ts'
import { Assets } from './assets.ts'
import { BRIEFLY, cacheOf } from './cache.ts'

interface WidgetParts {
  /** What the widget's build has made: `widget.js`, and the chat app in `app/`. */
  readonly folder: string
  readonly origins: Origins
  readonly production: boolean
}

/** The loader, for any page, and the chat app, framed by the allowed sites alone. */
export function routeWidget(app: FastifyInstance, { folder, origins, production }: WidgetParts): void {
  const assets = new Assets(folder)
  app.get('/widget.js', (request, reply) => {
    reply.header('cache-control', BRIEFLY)
    return assets.send('widget.js', request, reply)
  })
  for (const url of ['/widget', '/widget/*']) {
    app.get<{ Params: { '*'?: string } }>(url, (request, reply) => {
      const path = request.params['*'] || 'index.html'
      const ancestors = ["'self'", ...origins.others(), ...(production ? [] : LOOPBACK)]
      reply.headers({ 'content-security-policy': policy(ancestors), 'cache-control': cacheOf(path) })
      return assets.send(`app/${path}`, request, reply)
    })
  }
}

/** Without `[::1]`: a policy can't name an IPv6 address, and browsers complain of one that tries. */
const LOOPBACK = ['http://localhost:*', 'http://127.0.0.1:*']

const policy = (ancestors: readonly string[]): string =>
  contentSecurityPolicy({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    // blob: what the visitor sends, before it is on the server.
    'img-src': ["'self'", 'https:', 'data:', 'blob:'],
    'connect-src': ["'self'"],
    'media-src': ["'self'", 'data:', 'blob:'],
    'frame-ancestors': ancestors,
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
  })
