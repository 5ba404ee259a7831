import type { UploadedFile } from '../contract-types.ts'

export interface UploadOptions {
  /** Default: the name of a `File`, else `file`. */
  readonly name?: string
  /** Bytes. Called at least when it is done; of what comes between, as much as the platform tells. */
  readonly onProgress?: (loaded: number, total: number) => void
  /** Ends it: rejects with `closed`. */
  readonly signal?: AbortSignal
}

/**
 * Keeps a file on the server, for messages (`fileUrl: file.url`) or as a picture of oneself. One that no message
 * refers to is dropped after a day. Rejects with `payload_too_large` or `unsupported_media_type` (by its content,
 * whatever its name says), which another try does not change; with `unreachable` when nothing moved for a minute.
 */
export type Upload = (file: Blob, options?: UploadOptions) => Promise<UploadedFile>
