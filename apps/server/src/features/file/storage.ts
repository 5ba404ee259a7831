import type { Readable } from 'node:stream'

/** First and last byte, both included, from 0. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface Content {
  /** Bytes that the stream gives. */
  readonly size: number
  readonly stream: Readable
}

/**
 * Where the content of files is. A key is letters, digits, `-` and `.`, and its content never changes. Whatever can't be
 * carried out fails as `StorageUnavailable`, and may be tried again.
 */
export interface FileStorage {
  /** Keeps what is in the local file at `path`. Once it resolves the content survives a crash; before, there is all of it or none. */
  put(key: string, path: string): Promise<void>
  /** Null: there is nothing under the key. The range must lie within it. Who doesn't read the stream to its end destroys it. */
  read(key: string, range?: ByteRange): Promise<Content | null>
  /** Removing what is not there is a success. */
  remove(key: string): Promise<void>
}

export class StorageUnavailable extends Error {
  constructor(cause: unknown) {
    super('the file storage does not answer', { cause })
    this.name = 'StorageUnavailable'
  }
}

/** For whatever an adapter is told by what it stands on. */
export function storageIsAway(cause: unknown): never {
  throw cause instanceof StorageUnavailable ? cause : new StorageUnavailable(cause)
}
