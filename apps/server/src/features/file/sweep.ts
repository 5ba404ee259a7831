import type { FileRows } from './file-rows.ts'
import { keysOf } from './keep-file.ts'
import type { FileStorage } from './storage.ts'

/** So long an upload waits for a message to refer to it. Milliseconds. */
const UNUSED_MS = 86_400_000
/** So long content outlives its being dropped: a message that was being stored just then shows by now. Milliseconds. */
const DROPPED_MS = 60_000
const BATCH = 200

/** Drops uploads that nothing has come to refer to, and removes the content of what was dropped. Any node may do it, also twice. */
export async function sweepFiles(rows: FileRows, storage: Pick<FileStorage, 'remove'>): Promise<void> {
  while (await rows.settle(UNUSED_MS, BATCH));
  for (;;) {
    const fileIds = await rows.removable(DROPPED_MS, BATCH)
    for (const key of fileIds.flatMap(keysOf)) await storage.remove(key)
    await rows.forget(fileIds)
    if (fileIds.length < BATCH) return
  }
}
