import { Failure } from '@parley/contracts'
import type { KnownFile } from '@parley/core'
import type { FileRows } from './file-rows.ts'
import { type FileStorage, StorageUnavailable } from './storage.ts'

export const contentKey = (fileId: string): string => fileId
export const thumbnailKey = (fileId: string): string => `${fileId}.thumbnail`
export const keysOf = (fileId: string): string[] => [contentKey(fileId), thumbnailKey(fileId)]

export interface Made {
  readonly file: KnownFile
  /** Where its content is, and its thumbnail's. */
  readonly path: string
  readonly thumbnail: string | null
}

/** Keeps row and content; if that fails, neither. */
export async function keepFile(
  { rows, storage }: { readonly rows: FileRows; readonly storage: FileStorage },
  { file, path, thumbnail }: Made,
): Promise<void> {
  await rows.add(file)
  try {
    await storage.put(contentKey(file.id), path)
    if (thumbnail !== null) await storage.put(thumbnailKey(file.id), thumbnail)
  } catch (error) {
    // What can't be dropped now is swept later.
    await rows.drop(file.id).catch(() => undefined)
    throw error
  }
}

/** An outage of the storage, as those hear of it who wait for it. */
export async function orUnavailable<T>(task: Promise<T>): Promise<T> {
  try {
    return await task
  } catch (error) {
    throw error instanceof StorageUnavailable ? new Failure('unavailable', { reason: 'files' }) : error
  }
}
