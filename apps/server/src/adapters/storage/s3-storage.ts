import { createHash } from 'node:crypto'
import { createReadStream, openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { AwsClient } from 'aws4fetch'
import type { Settings } from '../../config/settings.ts'
import { type FileStorage, storageIsAway } from '../../features/file/index.ts'

export type S3Settings = Extract<Settings['storage'], { driver: 's3' }>

/** For an answer to begin. Milliseconds. */
const PATIENCE = 30_000
/** At which content is sent to be kept, at the least. Bytes in a millisecond. */
const SLOWEST = 64
/** After the first: of answers that say the storage is busy. */
const RETRIES = 3
const NO_BODY = createHash('sha256').digest('hex')

/** Files in a bucket of Amazon S3, or of what speaks as it does. */
export function createS3Storage(settings: S3Settings, patience = PATIENCE): FileStorage {
  const { accessKeyId, secretAccessKey, region } = settings
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: RETRIES })
  const address = bucketAddress(settings)
  const ask = async (method: string, key: string, headers: Record<string, string> = {}, body?: Blob) => {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), patience + (body?.size ?? 0) / SLOWEST)
    try {
      return await client.fetch(address + key, {
        method,
        headers: { 'x-amz-content-sha256': NO_BODY, ...headers },
        ...(body && { body }),
        signal: late.signal,
      })
    } catch (error) {
      return storageIsAway(error)
    } finally {
      // What has begun to come may take as long as its reader does.
      clearTimeout(timer)
    }
  }
  return {
    async put(key, path) {
      const body = await openAsBlob(path)
      const response = await ask('PUT', key, { 'x-amz-content-sha256': await hashOf(path) }, body)
      await expectOk(response, 'PUT')
      await response.body?.cancel()
    },

    async read(key, range) {
      const response = await ask('GET', key, range && { range: `bytes=${range.start}-${range.end}` })
      if (response.status === 404) {
        await response.body?.cancel()
        return null
      }
      await expectOk(response, 'GET')
      return { size: Number(response.headers.get('content-length')), stream: streamOf(response) }
    },

    async remove(key) {
      const response = await ask('DELETE', key)
      if (response.status !== 404) await expectOk(response, 'DELETE')
      await response.body?.cancel()
    },
  }
}

/** Up to the key. */
export function bucketAddress({ endpoint, region, bucket, forcePathStyle }: S3Settings): string {
  const url = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`)
  const path = url.pathname.replace(/\/$/, '')
  if (forcePathStyle) return `${url.origin}${path}/${bucket}/`
  return `${url.protocol}//${bucket}.${url.host}${path}/`
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function expectOk(response: Response, method: string): Promise<void> {
  if (response.ok) return
  await response.body?.cancel()
  const cause = new Error(`the file storage answered ${response.status} to ${method}`)
  storageIsAway(cause)
}

const streamOf = ({ body }: Response): Readable =>
  body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream<Uint8Array>)
