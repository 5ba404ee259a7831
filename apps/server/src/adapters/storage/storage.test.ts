import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StorageUnavailable } from '../../features/file/index.ts'
import { createStorage } from './create-storage.ts'
import { bucketAddress, createS3Storage, type S3Settings } from './s3-storage.ts'
import { type S3Server, startS3 } from './testing/s3-server.ts'
import { storageAcceptance } from './testing/storage-acceptance.ts'

const account = {
  accessKeyId: 'AKIAEXAMPLE',
  secretAccessKey: 'a secret/of+S3',
  region: 'eu-central-1',
  bucket: 'parley-files',
}
const s3 = (endpoint: string, more: Partial<typeof account> & { forcePathStyle?: boolean } = {}) =>
  createStorage({
    dataDir: '/nowhere',
    storage: { driver: 's3', endpoint, forcePathStyle: true, ...account, ...more },
  })

storageAcceptance('a folder', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-folder-'))
  const open = () => createStorage({ dataDir, storage: { driver: 'folder' } })
  return { storage: open(), another: open(), close: () => rm(dataDir, { recursive: true, force: true }) }
})

storageAcceptance('S3', async () => {
  const server = await startS3(account)
  return { storage: s3(server.url), another: s3(server.url), close: server.close }
})

const KEY = '0193f2a1-7c3e-7b8a-9d21-5e0f6a7b8c9d'

describe('with a folder', () => {
  it('nobody but the server reads the files, and nothing else lies about', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-folder-'))
    const storage = createStorage({ dataDir, storage: { driver: 'folder' } })
    await writeFile(join(dataDir, 'source'), 'content', { mode: 0o644 })
    await storage.put(KEY, join(dataDir, 'source'))
    const files = await readdir(join(dataDir, 'files'), { recursive: true })
    expect(files.sort()).toEqual(['9d', `9d/${KEY}`])
    expect((await stat(join(dataDir, 'files', '9d', KEY))).mode & 0o077).toBe(0)
    await rm(dataDir, { recursive: true })
  })

  it('a folder that can’t be written to is told as such', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-folder-'))
    await writeFile(join(dataDir, 'files'), 'no folder')
    const storage = createStorage({ dataDir, storage: { driver: 'folder' } })
    await expect(storage.put(KEY, join(dataDir, 'files'))).rejects.toThrow(StorageUnavailable)
    await rm(dataDir, { recursive: true })
  })
})

describe('with S3', () => {
  let server: S3Server
  let source: string
  beforeEach(async () => {
    server = await startS3(account)
    const folder = await mkdtemp(join(tmpdir(), 'parley-s3-'))
    source = join(folder, 'source')
    await writeFile(source, 'content')
    return () => rm(folder, { recursive: true })
  })
  afterEach(() => server.close())

  it('a wrong key, secret or bucket is an outage, not an absence', async () => {
    for (const wrong of [
      { accessKeyId: 'AKIAOTHER' },
      { secretAccessKey: 'another' },
      { region: 'us-east-1' },
    ])
      await expect(s3(server.url, wrong).put(KEY, source)).rejects.toThrow(StorageUnavailable)
    await expect(s3(server.url, { secretAccessKey: 'another' }).read(KEY)).rejects.toThrow(StorageUnavailable)
    expect(server.objects.size).toBe(0)
  })

  it('the bucket is in the host’s name unless it is to be in the path', () => {
    const at = (more: Partial<S3Settings>) =>
      bucketAddress({ driver: 's3', endpoint: null, forcePathStyle: false, ...account, ...more })
    expect(at({})).toBe('https://parley-files.s3.eu-central-1.amazonaws.com/')
    expect(at({ forcePathStyle: true })).toBe('https://s3.eu-central-1.amazonaws.com/parley-files/')
    expect(at({ endpoint: 'https://s.example.com:9000/' })).toBe('https://parley-files.s.example.com:9000/')
    expect(at({ endpoint: 'http://minio:9000/base', forcePathStyle: true })).toBe(
      'http://minio:9000/base/parley-files/',
    )
  })

  it('what is busy is asked again, and what stays so is an outage', async () => {
    server.instead.push(503, 503)
    await s3(server.url).put(KEY, source)
    expect(server.objects.get(KEY)?.toString()).toBe('content')
    server.instead.push(503, 503, 503, 503)
    await expect(s3(server.url).read(KEY)).rejects.toThrow(StorageUnavailable)
  })

  it('content may be longer on its way than an answer may take to begin', async () => {
    const slow = createServer((_, response) => {
      response.writeHead(200, { 'content-length': 7 }).write('con')
      setTimeout(() => response.end('tent'), 300)
    })
    await new Promise<void>(resolve => slow.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`
    const storage = createS3Storage({ driver: 's3', endpoint, forcePathStyle: true, ...account }, 100)
    const content = await storage.read(KEY)
    expect(content && (await text(content.stream))).toBe('content')
    slow.close()
  })

  it('one that does not begin to answer is an outage', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const storage = createS3Storage({ driver: 's3', endpoint, forcePathStyle: true, ...account }, 100)
    await expect(storage.read(KEY)).rejects.toThrow(StorageUnavailable)
    silent.closeAllConnections()
    silent.close()
  })

  it('one that is not there is an outage', async () => {
    await server.close()
    await expect(s3(server.url).read(KEY)).rejects.toThrow(StorageUnavailable)
    await expect(s3(server.url).put(KEY, source)).rejects.toThrow(StorageUnavailable)
    await expect(s3(server.url).remove(KEY)).rejects.toThrow(StorageUnavailable)
  })
})
