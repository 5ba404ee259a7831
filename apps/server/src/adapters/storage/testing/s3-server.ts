import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface S3Server {
  readonly url: string
  readonly objects: Map<string, Buffer>
  /** What it answers in place of the truth, as long as there is something. */
  readonly instead: number[]
  close(): Promise<void>
}

interface Account {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
  readonly bucket: string
}

/** Speaks as S3 does, the bucket in the path, and believes no request whose signature it can't make itself. */
export async function startS3(account: Account): Promise<S3Server> {
  const objects = new Map<string, Buffer>()
  const instead: number[] = []
  const server = createServer((request, response) => {
    answer(account, objects, instead, request)
      .then(reply => send(response, reply))
      .catch(error => send(response, { status: 500, body: Buffer.from(String(error)) }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, objects, instead, close: () => close(server) }
}

interface Reply {
  readonly status: number
  readonly body?: Buffer
  readonly headers?: Readonly<Record<string, string>>
}

async function answer(
  account: Account,
  objects: Map<string, Buffer>,
  instead: number[],
  request: IncomingMessage,
): Promise<Reply> {
  const body = await buffer(request)
  const status = instead.shift()
  if (status !== undefined) return { status }
  const refusal = refusalOf(account, request, body)
  if (refusal !== null) return { status: 403, body: Buffer.from(refusal) }
  const key = keyOf(account, request)
  if (key === null) return { status: 404, body: Buffer.from('NoSuchBucket') }
  switch (request.method) {
    case 'PUT':
      objects.set(key, body)
      return { status: 200 }
    case 'DELETE':
      objects.delete(key)
      return { status: 204 }
    default:
      return found(objects.get(key), request.headers.range)
  }
}

function found(object: Buffer | undefined, range: string | undefined): Reply {
  if (!object) return { status: 404, body: Buffer.from('NoSuchKey') }
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []
  if (start === undefined) return { status: 200, body: object }
  const headers = { 'content-range': `bytes ${start}-${end}/${object.length}` }
  return { status: 206, body: object.subarray(Number(start), Number(end) + 1), headers }
}

function keyOf({ bucket }: Account, { url = '' }: IncomingMessage): string | null {
  const path = decodeURIComponent(url.slice(1))
  return path.startsWith(`${bucket}/`) ? path.slice(bucket.length + 1) : null
}

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex')
const hmac = (key: string | Buffer, content: string): Buffer =>
  createHmac('sha256', key).update(content).digest()

/** AWS Signature Version 4, made anew from what has arrived. Null: it is right. */
function refusalOf(
  account: Account,
  { method = '', url = '', headers }: IncomingMessage,
  body: Buffer,
): string | null {
  const given =
    /Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)/.exec(
      headers.authorization ?? '',
    )
  if (!given) return 'AccessDenied'
  const [, id, day = '', region = '', signedHeaders = '', signature] = given
  if (id !== account.accessKeyId || region !== account.region) return 'InvalidAccessKeyId'
  if (headers['x-amz-content-sha256'] !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  if (Number(headers['content-length'] ?? 0) !== body.length) return 'MissingContentLength'
  const names = signedHeaders.split(';')
  if (!names.includes('host') || !names.includes('x-amz-content-sha256')) return 'headers are not signed'
  const canonical = [
    ...[method, url, '', ...names.map(name => `${name}:${String(headers[name]).trim()}`), ''],
    ...[signedHeaders, sha256(body)],
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n')
  const steps = [day, region, 's3', 'aws4_request', toSign]
  const right = steps.reduce<string | Buffer>(hmac, `AWS4${account.secretAccessKey}`) as Buffer
  return right.toString('hex') === signature ? null : 'SignatureDoesNotMatch'
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': body?.length ?? 0 }).end(body)
}

const close = (server: Server) =>
  new Promise<void>(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
