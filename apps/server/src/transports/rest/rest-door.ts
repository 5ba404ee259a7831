import type { IncomingMessage } from 'node:http'
import { type OperationName, type Output, REST, type RestBinding } from '@parley/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Identify } from '../../operations/identify.ts'
import { BrokenContract, type RunOperation } from '../../operations/run-operation.ts'
import type { ServerContext } from '../../operations/types.ts'
import { consoleCookie } from '../http/console-cookie.ts'
import type { FrontGate } from '../http/front-gate.ts'
import { acceptJson } from './json-body.ts'
import { acceptMultipart, uploadOf } from './multipart.ts'
import { restInput } from './rest-input.ts'

export interface HttpDoorParts {
  readonly gate: FrontGate
  readonly identify: Identify
  readonly run: RunOperation
  /** Outside production what is answered is held against the documented shape. */
  readonly production: boolean
}

/** Every route of the registry. */
export function openRest(app: FastifyInstance, parts: HttpDoorParts): void {
  acceptJson(app)
  for (const binding of REST.filter(({ upload }) => !upload)) route(app, binding, parts)
  void app.register((scope, _options, done) => {
    acceptMultipart(scope)
    for (const binding of REST.filter(({ upload }) => upload)) route(scope, binding, parts)
    done()
  })
}

function route(app: FastifyInstance, binding: RestBinding, parts: HttpDoorParts): void {
  app.route({
    method: binding.method,
    url: binding.path,
    config: { takesItsTime: binding.upload !== undefined },
    handler: (request, reply) => answer(binding, parts, request, reply),
  })
}

async function answer(
  binding: RestBinding,
  parts: HttpDoorParts,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const known = await httpContext(parts, request, reply, binding.operation)
  const upload = binding.upload && uploadOf(request, binding.upload)
  const context: ServerContext = upload ? { ...known, upload } : known
  const input = restInput(binding, request, context.locale)
  const output = await parts.run(binding.operation, context, input, binding)
  const body = bodyOf(binding, output)
  if (!parts.production) assertDocumented(binding, body.data)
  return reply
    .header('cache-control', 'no-store')
    .code(binding.status?.(output) ?? 200)
    .send(binding.bare ? body.data : { success: true, ...body })
}

const bodyOf = (binding: RestBinding, output: Output<OperationName>) =>
  binding.answer?.(output) ?? { data: output }

function assertDocumented(binding: RestBinding, data: unknown): void {
  const parsed = binding.data.safeParse(data)
  if (!parsed.success) throw new BrokenContract(`${binding.method} ${binding.path}`, parsed.error.issues)
}

/** Who calls over HTTP, and what a handler may know of the request. */
export async function httpContext(
  { gate, identify }: Pick<HttpDoorParts, 'gate' | 'identify'>,
  request: FastifyRequest,
  reply: FastifyReply,
  operation?: OperationName,
): Promise<ServerContext> {
  const raw: IncomingMessage = request.raw
  const address = gate.address(raw)
  const secure = gate.origins.isSecure(raw)
  const credentials = gate.credentials(raw, gate.admit(raw))
  const setCookie = (token: string, seconds: number) =>
    void reply.header('set-cookie', consoleCookie(token, seconds, secure))
  return {
    caller: await identify(credentials, address, operation),
    connection: null,
    requestId: request.id,
    address,
    userAgent: raw.headers['user-agent'] ?? null,
    locale: gate.locale(raw),
    cookie: { set: setCookie, clear: () => setCookie('', 0) },
    open: gate.isOpen(raw),
  }
}
