import { createServer as createPlainServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { Failure } from '@parley/contracts'
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
} from 'fastify'
import { failureOf, isOurFault } from '../../operations/failure.ts'
import { httpFailure } from './answers.ts'
import { BODY_MAX } from './body-limit.ts'
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts'
import type { FrontGate } from './front-gate.ts'
import { LONGEST_PATIENCE, loseSlow } from './patience.ts'
import { requestIdOf } from './request-id.ts'
import { securityHeaders } from './security-headers.ts'

export interface HttpAppParts {
  readonly gate: FrontGate
  /** PEM. null: plain HTTP. */
  readonly tls: { readonly key: string; readonly cert: string } | null
  /** Something that is our own fault, with the request's id. */
  readonly reportFault: (error: unknown, requestId: string) => void
  readonly observe: (request: FastifyRequest, reply: FastifyReply) => void
}

/** Of the API, where a page of another site must be allowed; files and pages are for everyone. */
const JUDGED = /^\/(api|trpc|socket\.io)(\/|\?|$)/

/** The one HTTP server, before any door is open: ids, headers, CORS, and failures in their envelope. */
export function createHttpApp(parts: HttpAppParts): FastifyInstance {
  const app = fastify({
    serverFactory: handler => serverOf(parts.tls, handler),
    genReqId: requestIdOf,
    logger: false,
    bodyLimit: BODY_MAX,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1024 },
    frameworkErrors: (error, request, reply) => void sendFailure(parts, error, request, reply),
    clientErrorHandler: (_error, socket) => refuseNonsense(socket),
  }) as unknown as FastifyInstance
  app.addHook('onRequest', (request, reply) => admit(parts.gate, request, reply))
  app.addHook('onRequest', (request, _reply, done) => {
    loseSlow(request)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    parts.observe(request, reply)
    done()
  })
  app.setErrorHandler((error, request, reply) => sendFailure(parts, error, request, reply))
  app.setNotFoundHandler((request, reply) =>
    sendFailure(parts, new Failure('not_found', { reason: 'route' }), request, reply),
  )
  return app
}

type Listener = Parameters<typeof createPlainServer>[1]

/** For a request to arrive: who sends it drop by drop loses its connection. Milliseconds. */
const PATIENCE = { headersTimeout: 15_000, requestTimeout: LONGEST_PATIENCE }

function serverOf(tls: HttpAppParts['tls'], handler: Listener): Server {
  // The type of an HTTPS server differs in nothing that is used here.
  return tls
    ? (createTlsServer({ ...tls, ...PATIENCE }, handler) as unknown as Server)
    : createPlainServer(PATIENCE, handler)
}

async function admit(gate: FrontGate, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.headers({ ...securityHeaders(gate.origins.isSecure(request.raw)), 'x-request-id': request.id })
  if (!JUDGED.test(request.url)) return
  const verdict = gate.admit(request.raw)
  const { origin } = request.headers
  if (origin && verdict === 'allowed') reply.headers(corsHeaders(origin))
  if (isPreflight(request.method, request.headers)) await reply.code(204).headers(preflightHeaders()).send()
}

function sendFailure(
  parts: HttpAppParts,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const failure = isGone(request)
    ? new Failure('validation_failed')
    : (frameworkFailure(error) ?? failureOf(error))
  if (isOurFault(failure)) parts.reportFault(error, request.id)
  const { status, headers, body } = httpFailure(failure, parts.gate.locale(request.raw), request.id)
  return reply.code(status).headers(headers).send(body)
}

/** Who leaves before the request is whole looks like a lost connection of our own, and hears no answer. */
const isGone = ({ raw }: FastifyRequest): boolean => raw.destroyed && !raw.complete

const FRAMEWORK: Readonly<Record<string, () => Failure>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new Failure('payload_too_large', { max: '64 KiB' }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new Failure('unsupported_media_type'),
  FST_ERR_CTP_EMPTY_TYPE: () => new Failure('unsupported_media_type'),
  FST_ERR_BAD_URL: () => new Failure('not_found', { reason: 'route' }),
}

/** What the framework itself refuses; any other of its 4xx is a request that is not valid. */
function frameworkFailure(error: unknown): Failure | null {
  if (error instanceof Failure || !isFrameworkError(error)) return null
  const known = FRAMEWORK[error.code]?.()
  if (known) return known
  const { statusCode = 500 } = error
  return statusCode >= 400 && statusCode < 500 ? new Failure('validation_failed') : null
}

const isFrameworkError = (error: unknown): error is FastifyError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('FST_')

/** Bytes that are no HTTP at all: there is no request to answer, so the answer is the shortest there is. */
function refuseNonsense(socket: Socket): void {
  if (socket.writable)
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  else socket.destroy()
}
