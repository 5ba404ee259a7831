import type { Call } from '../connection/credentials.ts'
import type { Environment } from '../environment.ts'
import { ParleyError } from '../errors.ts'
import type { UploadOptions } from '../types.ts'
import type { CallOutput } from './route.ts'
import { xhrFetch } from './xhr-fetch.ts'

/** An upload of which nothing has moved for so long is given up. Milliseconds. */
const STALL_MS = 60_000
/** Where nobody says whether it moves. Milliseconds. */
const BLIND_MS = 600_000

export type UploadOperation = 'file.upload' | 'user.set-avatar'

export const nameOf = (file: Blob) => (file instanceof File ? file.name : 'file')

/** Sends a file with the operation, as `multipart/form-data`. */
export async function uploadFile<N extends UploadOperation>(
  { call, environment }: { readonly call: Call; readonly environment: Environment },
  operation: N,
  file: Blob,
  { name = nameOf(file), onProgress, signal }: UploadOptions = {},
): Promise<CallOutput<N>> {
  const { clock, fetch, XMLHttpRequest } = environment
  const abort = new AbortController()
  const end = () => abort.abort()
  const wait = () => clock.after(XMLHttpRequest ? STALL_MS : BLIND_MS, end)
  let stopWaiting = wait()
  const moved = (share: number) => {
    stopWaiting()
    stopWaiting = wait()
    onProgress?.(Math.round(share * file.size), file.size)
  }
  const form = new FormData()
  form.append('file', file, name)
  signal?.addEventListener('abort', end)
  try {
    signal?.throwIfAborted()
    const send = XMLHttpRequest ? xhrFetch(XMLHttpRequest, moved) : fetch
    const answer = await call(operation, form, { fetch: send, signal: abort.signal })
    moved(1)
    return answer
  } catch (error) {
    throw signal?.aborted ? new ParleyError('closed', { cause: error }) : error
  } finally {
    stopWaiting()
    signal?.removeEventListener('abort', end)
  }
}
