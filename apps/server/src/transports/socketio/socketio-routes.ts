import type { FastifyInstance } from 'fastify'
import { SOCKETIO_PATH, type SocketioDoor } from './socketio-door.ts'

/** Long polling comes through the HTTP server as every request does, so that its hooks have judged the origin. */
export function routeSocketio(app: FastifyInstance, door: SocketioDoor): void {
  app.register((scope, _options, done) => {
    // engine.io reads the body itself, within its own limit.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.route({
      method: ['GET', 'POST'],
      url: `${SOCKETIO_PATH}/`,
      handler: (request, reply) => {
        door.handleRequest(request.raw, reply.raw)
        reply.hijack()
      },
    })
    done()
  })
}
