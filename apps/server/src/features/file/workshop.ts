import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { StorageUnavailable, storageIsAway } from './storage.ts'

const OWNER_ONLY = 0o700
const OWNER_ONLY_FILE = 0o600
/** A process that died has left it: no upload takes so long. Milliseconds. */
const LEFT_BEHIND_MS = 3_600_000

/** Where uploads are worked on before they are kept: a folder each, which goes with the work. */
export class Workshop {
  readonly #root: string
  readonly #inWork = new Set<string>()

  constructor(dataDir: string) {
    this.#root = join(dataDir, 'uploads')
  }

  async during<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = join(this.#root, randomUUID())
    this.#inWork.add(folder)
    try {
      await mkdir(folder, { recursive: true, mode: OWNER_ONLY }).catch(storageIsAway)
      return await work(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
      this.#inWork.delete(folder)
    }
  }

  /** Removes what uploads have left that were cut off with their process. */
  async sweep(now: number): Promise<void> {
    const names = await readdir(this.#root).catch(() => [])
    for (const name of names) {
      const folder = join(this.#root, name)
      if (this.#inWork.has(folder)) continue
      const { mtimeMs = now } = (await stat(folder).catch(() => null)) ?? {}
      if (now - mtimeMs > LEFT_BEHIND_MS) await rm(folder, { recursive: true, force: true })
    }
  }
}

/** Writes what comes in to a file that only the server can read. */
export async function writeDown(content: Readable, path: string): Promise<void> {
  const file = createWriteStream(path, { mode: OWNER_ONLY_FILE })
  const written = new Promise<never>((_, reject) => {
    file.once('error', error => reject(isOfDisk(error) ? new StorageUnavailable(error) : error))
  })
  await Promise.race([written, pipeline(content, file)])
}

/** The system's own errors, not those of the stream that comes in. */
const isOfDisk = (error: Error): boolean => 'syscall' in error && 'path' in error
