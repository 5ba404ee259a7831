import { useCallback, useEffect, useRef, useState } from 'react'
import type { UploadedFile } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import type { VisitorClient } from '../types.ts'

/** Bytes; `null`: none is under way. */
interface Progress {
  readonly loaded: number
  readonly total: number
}

export interface UploadView {
  /** Rejects as `client.upload` does; a second one ends the first. */
  readonly upload: (file: Blob) => Promise<UploadedFile>
  readonly cancel: () => void
  readonly progress: Progress | null
  /** Of the last one; `null` once another begins. */
  readonly error: ParleyError | null
}

/** One upload beside a session, such as a picture of oneself. It ends with its component. */
export function useUpload(client: Pick<VisitorClient, 'upload'>): UploadView {
  const [progress, setProgress] = useState<Progress | null>(null)
  const [error, setError] = useState<ParleyError | null>(null)
  const abort = useRef<AbortController | null>(null)
  const cancel = useCallback(() => {
    abort.current?.abort()
    abort.current = null
    setProgress(null)
  }, [])
  useEffect(() => () => abort.current?.abort(), [])

  const upload = useCallback(
    async (file: Blob) => {
      abort.current?.abort()
      const mine = new AbortController()
      abort.current = mine
      setError(null)
      setProgress({ loaded: 0, total: file.size })
      const isMine = () => abort.current === mine
      try {
        const onProgress = (loaded: number, total: number) => isMine() && setProgress({ loaded, total })
        return await client.upload(file, { signal: mine.signal, onProgress })
      } catch (reason) {
        if (isMine()) setError(ParleyError.of(reason))
        throw reason
      } finally {
        if (isMine()) setProgress(null)
      }
    },
    [client],
  )
  return { upload, cancel, progress, error }
}
