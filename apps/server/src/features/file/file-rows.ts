import type { KnownFile } from '@parley/core'

/** What is known of uploads, besides what messages ask of them. */
export interface FileRows {
  /** Before its content is kept: whatever happens then, the row is found and swept. */
  add(file: KnownFile): Promise<void>
  /** Whoever asks; null where it has been dropped. */
  file(fileId: string): Promise<KnownFile | null>
  /** Nobody may have it from now on. */
  drop(fileId: string): Promise<void>
  /** Of those that were uploaded longer ago, at most `limit`: keeps what something refers to, drops the rest. True: there may be more. */
  settle(olderThanMs: number, limit: number): Promise<boolean>
  /**
   * Those that were dropped longer ago, at most `limit`. One that something has come to refer to in the same moment, as a
   * message that was being stored, is kept after all.
   */
  removable(olderThanMs: number, limit: number): Promise<string[]>
  /** Their content is no more. */
  forget(fileIds: readonly string[]): Promise<void>
}
