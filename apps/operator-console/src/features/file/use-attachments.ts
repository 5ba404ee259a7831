import { useCallback, useEffect, useMemo, useState } from 'react'

/** So many files may be sent at once. */
export const FILES_MAX = 10

export interface Attachment {
  readonly key: number
  readonly file: File
}

/** By session. Files can't be stored: they are there as long as the page is. */
export type KeptFiles = Map<string, readonly Attachment[]>

/** Files that were chosen and not sent. */
export interface Attachments {
  readonly files: readonly Attachment[]
  /** More were chosen than may be sent at once. */
  readonly tooMany: boolean
  add(files: Iterable<File>): void
  remove(key: number): void
  clear(): void
}

let made = 0
const attached = (file: File): Attachment => {
  made += 1
  return { key: made, file }
}

export function useAttachments(kept: KeptFiles, sessionId: string): Attachments {
  const [files, setFiles] = useState(() => kept.get(sessionId) ?? [])
  const [tooMany, setTooMany] = useState(false)
  useEffect(() => {
    if (files.length > 0) kept.set(sessionId, files)
    else kept.delete(sessionId)
  }, [kept, sessionId, files])
  const add = useCallback(
    (chosen: Iterable<File>) => {
      const all = [...files, ...[...chosen].map(attached)]
      setFiles(all.slice(0, FILES_MAX))
      setTooMany(all.length > FILES_MAX)
    },
    [files],
  )
  const remove = useCallback((key: number) => {
    setFiles(now => now.filter(file => file.key !== key))
    setTooMany(false)
  }, [])
  const clear = useCallback(() => {
    setFiles([])
    setTooMany(false)
  }, [])
  return useMemo(() => ({ files, tooMany, add, remove, clear }), [files, tooMany, add, remove, clear])
}
