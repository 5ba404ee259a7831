import type { UploadedFile } from '../contract-types.ts'
import type { Environment } from '../environment.ts'
import { ParleyError } from '../errors.ts'
import { createRetry, type Retry } from '../retry.ts'
import type { UploadOptions } from '../types.ts'
import { isWorthAnotherTry } from './another-try.ts'
import type { OutgoingEntry } from './outgoing-entry.ts'

export interface UploadsDeps {
  readonly environment: Pick<Environment, 'clock' | 'random'>
  upload(file: Blob, options: UploadOptions): Promise<UploadedFile>
  find(clientMessageId: string): OutgoingEntry | undefined
  /** It has got further. */
  moved(entry: OutgoingEntry): void
  /** It is on the server: the message can go. */
  done(entry: OutgoingEntry): void
  failed(clientMessageId: string, error: ParleyError): void
}

interface Running {
  readonly abort: AbortController
  readonly retry: Retry
}

/** The files of unsent messages on their way, side by side. */
export function createUploads(deps: UploadsDeps) {
  const running = new Map<string, Running>()

  const onFailure = (id: string, { retry }: Running, error: ParleyError) => {
    if (isWorthAnotherTry(error, retry.tries)) return retry.later(error, () => void attempt(id))
    running.delete(id)
    deps.failed(id, error)
  }

  const onProgress = (id: string) => (loaded: number) => {
    const entry = deps.find(id)
    if (entry?.upload) deps.moved({ ...entry, upload: { ...entry.upload, loaded } })
  }

  const finished = (id: string, { url, name, size }: UploadedFile) => {
    running.delete(id)
    const entry = deps.find(id)
    if (!entry) return
    const options = { ...entry.options, fileUrl: url, fileName: name, fileSize: size }
    deps.done({ ...entry, upload: null, options })
  }

  async function attempt(id: string): Promise<void> {
    const mine = running.get(id)
    const entry = deps.find(id)
    if (!mine || !entry?.upload) return
    const { signal } = mine.abort
    const { fileName: name = 'file' } = entry.options
    try {
      const file = await deps.upload(entry.upload.blob, { name, signal, onProgress: onProgress(id) })
      if (!signal.aborted) finished(id, file)
    } catch (error) {
      if (!signal.aborted) onFailure(id, mine, ParleyError.of(error))
    }
  }

  const cancel = (id: string) => {
    const known = running.get(id)
    running.delete(id)
    known?.retry.cancel()
    known?.abort.abort()
  }

  return {
    start(id: string) {
      if (running.has(id)) return
      running.set(id, { abort: new AbortController(), retry: createRetry(deps.environment) })
      void attempt(id)
    },
    cancel,
    /** Now is a good time for those that wait for another try. */
    flush() {
      for (const [id, { retry }] of running) {
        if (!retry.isWaiting) continue
        retry.cancel()
        void attempt(id)
      }
    },
    close() {
      for (const id of [...running.keys()]) cancel(id)
    },
  }
}
