import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { Failure } from '@parley/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.webmanifest': 'application/manifest+json',
}
const IS_TEXT = /^(text\/|application\/|image\/svg)/

interface Asset {
  readonly type: string
  readonly etag: string
  readonly modifiedAt: number
  readonly body: Buffer
  /** Made once, when first asked for. */
  readonly compressed: Map<Encoding, Promise<Buffer>>
}
type Encoding = 'br' | 'gzip'

/** Built files of a folder, kept in memory once asked for: they are few, and each is compressed once. */
export class Assets {
  readonly #folder: string
  readonly #known = new Map<string, Asset>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Answers with the file; `path` is what a URL says, so it must be a plain one. */
  async send(path: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const asset = await this.#asset(path)
    if (!asset) throw new Failure('not_found', { reason: 'route' })
    reply.headers({ 'content-type': asset.type, etag: asset.etag, vary: 'Accept-Encoding' })
    if (request.headers['if-none-match'] === asset.etag) return await reply.code(304).send()
    const encoding = encodingFor(asset, request.headers['accept-encoding'])
    if (encoding === null) return await reply.send(asset.body)
    return await reply.header('content-encoding', encoding).send(await compressed(asset, encoding))
  }

  async #asset(path: string): Promise<Asset | null> {
    const type = TYPES[extname(path)]
    // No folder begins with a dot, so none leads out of here.
    if (!type || !/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(path)) return null
    const file = join(this.#folder, path)
    const modifiedAt = (await stat(file).catch(() => null))?.mtimeMs
    if (modifiedAt === undefined) return null
    const known = this.#known.get(path)
    if (known?.modifiedAt === modifiedAt) return known
    const body = await readFile(file)
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    const asset = { type, etag, modifiedAt, body, compressed: new Map() }
    this.#known.set(path, asset)
    return asset
  }
}

/** Smaller ones would only grow. Bytes. */
const COMPRESSED_FROM = 500

function encodingFor({ type, body }: Asset, accepted: string | undefined): Encoding | null {
  if (!accepted || !IS_TEXT.test(type) || body.length < COMPRESSED_FROM) return null
  const names = accepted
    .split(',')
    .filter(name => !/;\s*q=0(\.0*)?\s*$/.test(name))
    .map(name => name.split(';', 1)[0]?.trim())
  if (names.includes('br')) return 'br'
  return names.includes('gzip') ? 'gzip' : null
}

function compressed({ compressed: made, body }: Asset, encoding: Encoding): Promise<Buffer> {
  const known = made.get(encoding)
  if (known !== undefined) return known
  const fresh = encoding === 'br' ? brotli(body) : promisify(gzip)(body, { level: 9 })
  made.set(encoding, fresh)
  return fresh
}

const brotli = (body: Buffer): Promise<Buffer> =>
  promisify(brotliCompress)(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  })
