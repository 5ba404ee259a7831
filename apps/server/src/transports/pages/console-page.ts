import type { FastifyInstance } from 'fastify'
import { contentSecurityPolicy } from '../http/security-headers.ts'
import { Assets } from './assets.ts'
import { cacheOf } from './cache.ts'

/** The built console, which finds its way by itself: one page and its files. */
export function routeConsole(app: FastifyInstance, folder: string): void {
  const assets = new Assets(folder)
  for (const url of ['/console', '/console/*']) {
    app.get<{ Params: { '*'?: string } }>(url, (request, reply) => {
      const path = request.params['*'] || 'index.html'
      reply.headers({ 'content-security-policy': POLICY, 'cache-control': cacheOf(path) })
      return assets.send(path, request, reply)
    })
  }
}

const POLICY = contentSecurityPolicy({
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  // Pictures of people may be anywhere; one that is not uploaded yet is shown from memory.
  'img-src': ["'self'", 'https:', 'blob:'],
  'connect-src': ["'self'"],
  'font-src': ["'self'"],
  'media-src': ["'self'", 'https:'],
  'manifest-src': ["'self'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
})
