import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ByteRange, FileStorage } from '../../../features/file/index.ts'

export interface StorageUnderTest {
  readonly storage: FileStorage
  /** The same files through what another server process would use. */
  readonly another: FileStorage
  close(): Promise<void>
}

const KEY = '0193f2a1-7c3e-7b8a-9d21-5e0f6a7b8c9d'

/** Every promise of the `FileStorage` port. */
export function storageAcceptance(name: string, open: () => Promise<StorageUnderTest>): void {
  describe(`the file storage on ${name}`, () => {
    let under: StorageUnderTest
    let folder: string
    beforeEach(async () => {
      under = await open()
      folder = await mkdtemp(join(tmpdir(), 'parley-storage-'))
    })
    afterEach(async () => {
      await under.close()
      await rm(folder, { recursive: true, force: true })
    })

    const put = async (key: string, content: Uint8Array | string) => {
      const path = join(folder, 'source')
      await writeFile(path, content)
      await under.storage.put(key, path)
    }
    const read = async (key: string, range?: ByteRange, from = under.storage) => {
      const content = await from.read(key, range)
      if (!content) return null
      const bytes = await buffer(content.stream)
      expect(bytes.length).toBe(content.size)
      return bytes
    }

    it('gives back what was put, byte by byte, through any server', async () => {
      const bytes = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, n) => (n * 31) % 256))
      await put(KEY, bytes)
      expect((await read(KEY))?.equals(bytes)).toBe(true)
      expect((await read(KEY, undefined, under.another))?.equals(bytes)).toBe(true)
    })

    it('gives parts, both ends included', async () => {
      await put(KEY, 'abcdefghij')
      const part = async (start: number, end: number) => (await read(KEY, { start, end }))?.toString()
      expect(await part(0, 0)).toBe('a')
      expect(await part(2, 4)).toBe('cde')
      expect(await part(9, 9)).toBe('j')
      expect(await part(0, 9)).toBe('abcdefghij')
    })

    it('keeps an empty file', async () => {
      await put(KEY, '')
      expect((await read(KEY))?.length).toBe(0)
    })

    it('keeps each key’s own', async () => {
      await put(KEY, 'file')
      await put(`${KEY}.thumbnail`, 'thumbnail')
      await under.storage.remove(KEY)
      expect(await read(KEY)).toBeNull()
      expect((await read(`${KEY}.thumbnail`))?.toString()).toBe('thumbnail')
    })

    it('has nothing where nothing was put, and removes that too', async () => {
      expect(await read(KEY)).toBeNull()
      expect(await read(KEY, { start: 0, end: 1 })).toBeNull()
      await under.storage.remove(KEY)
    })

    it('can be put again after a put that was not heard of', async () => {
      await put(KEY, 'one')
      await put(KEY, 'one')
      expect((await read(KEY))?.toString()).toBe('one')
    })

    it('keeps nothing of what it could not read', async () => {
      await expect(under.storage.put(KEY, join(folder, 'not-there'))).rejects.toThrow()
      expect(await read(KEY)).toBeNull()
    })
  })
}
