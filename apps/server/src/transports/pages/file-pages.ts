import { Failure } from '@parley/contracts'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import parseRange from 'range-parser'
import type { ByteRange, FileServing, Keeping, ServedFile } from '../../features/file/index.ts'
import type { Identify } from '../../operations/identify.ts'
import type { Limits } from '../../operations/limits/limits.ts'
import { corsHeaders, isPreflight, preflightHeaders } from '../http/cors.ts'
import type { FrontGate } from '../http/front-gate.ts'

interface FilePagesParts {
  readonly gate: FrontGate
  readonly identify: Identify
  readonly limits: Pick<Limits, 'request'>
  readonly files: FileServing
}

interface FileRoute {
  readonly Params: { readonly fileId: string }
  readonly Querystring: Readonly<Record<string, unknown>>
}

/** Uploads: for who bears a signed address, and for who may read a message with the file. None of them can act as a page. */
export function routeFiles(app: FastifyInstance, parts: FilePagesParts): void {
  for (const [url, thumbnail] of [
    ['/files/:fileId', false],
    ['/files/:fileId/thumbnail', true],
  ] as const) {
    app.get<FileRoute>(url, async (request, reply) => {
      const { fileId } = request.params
      const file = await parts.files.open({ fileId, thumbnail, query: request.query }, () =>
        caller(parts, request),
      )
      allowReading(parts.gate, request, reply)
      return await answer(file, request, reply)
    })
    app.options(url, async (request, reply) => {
      if (!isPreflight(request.method, request.headers)) throw new Failure('not_found', { reason: 'route' })
      allowReading(parts.gate, request, reply)
      return await reply.code(204).headers(preflightHeaders()).send()
    })
  }
}

/** Counted as a request, as those are that bear no credential: a signed address is not. */
async function caller({ gate, identify, limits }: FilePagesParts, { raw }: FastifyRequest) {
  const address = gate.address(raw)
  const found = await identify(gate.credentials(raw, gate.origins.judge(raw)), address)
  await limits.request(found, address)
  return found
}

/** A page of an allowed site may read the answer by script; any page may show it. */
function allowReading(gate: FrontGate, { raw }: FastifyRequest, reply: FastifyReply): void {
  const { origin } = raw.headers
  if (origin && gate.origins.judge(raw) === 'allowed') void reply.headers(corsHeaders(origin))
}

async function answer(
  file: ServedFile,
  request: FastifyRequest<FileRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  void reply.headers({
    etag: file.etag,
    'cache-control': cacheOf(file.keeping),
    'accept-ranges': file.size === null ? 'none' : 'bytes',
    'content-security-policy': "sandbox; default-src 'none'",
  })
  if (request.headers['if-none-match'] === file.etag) return await reply.code(304).send()
  const range = rangeOf(file, request)
  if (range === 'beyond') return await reply.code(416).header('content-range', `bytes */${file.size}`).send()
  const { size, stream } = await file.read(range)
  if (range) void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`)
  const type = file.inline && request.query['download'] === undefined ? 'inline' : 'attachment'
  return await reply
    .headers({
      'content-type': file.mimeType.startsWith('text/') ? `${file.mimeType}; charset=utf-8` : file.mimeType,
      'content-length': size,
      'content-disposition': contentDisposition(file.name, { type }),
    })
    .send(stream)
}

/** One range alone is answered as such, and only of the very content that the caller knows; anything else gets it whole. */
function rangeOf({ size, etag }: ServedFile, { headers }: FastifyRequest): ByteRange | 'beyond' | undefined {
  const { range, 'if-range': known } = headers
  if (range === undefined || size === null || (known !== undefined && known !== etag)) return undefined
  const ranges = parseRange(size, range, { combine: true })
  if (ranges === -1) return 'beyond'
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return undefined
  return ranges[0]
}

/** The content under an address never changes. */
function cacheOf(keeping: Keeping): string {
  switch (keeping.kind) {
    case 'anyone':
      return 'public, max-age=31536000, immutable'
    case 'reader':
      return `private, max-age=${keeping.seconds}, immutable`
    case 'asked':
      return 'private, no-cache'
  }
}
