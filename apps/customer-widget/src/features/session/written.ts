import { useEffect, useState } from 'react'
import { useHost } from '../../app/host-context.tsx'

const WRITTEN = 'written'

/** What is being written outlives a reload and the way to the next page. */
export function useWritten(given: string | null): [string, (text: string) => void] {
  const { kept } = useHost()
  const [text, setText] = useState<string | null>(given)
  useEffect(() => {
    if (given !== null) return
    Promise.resolve(kept.get(WRITTEN)).then(
      before => setText(now => now ?? before),
      // The page's storage refuses: then nothing was kept.
      () => undefined,
    )
  }, [kept, given])
  const write = (next: string) => {
    setText(next)
    Promise.resolve(next ? kept.set(WRITTEN, next) : kept.remove(WRITTEN)).catch(() => undefined)
  }
  return [text ?? '', write]
}
