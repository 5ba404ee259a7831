import type { SessionHandle, TimelineMessage } from '@parley/sdk'
import { useEffect, useSyncExternalStore } from 'react'

const EVENTS = ['focus', 'blur', 'visibilitychange'] as const

function subscribe(listener: () => void): () => void {
  for (const event of EVENTS) {
    window.addEventListener(event, listener)
    document.addEventListener(event, listener)
  }
  return () => {
    for (const event of EVENTS) {
      window.removeEventListener(event, listener)
      document.removeEventListener(event, listener)
    }
  }
}

const attended = () => document.visibilityState === 'visible' && document.hasFocus()

/** Is somebody looking at this page? */
export const useAttended = (): boolean => useSyncExternalStore(subscribe, attended)

/** Everything up to the last message on the screen is read, once somebody looks at it. */
export function useReadMark(handle: SessionHandle, last: TimelineMessage | null): void {
  const looking = useAttended()
  const seq = last !== null && 'seq' in last ? last.seq : 0
  useEffect(() => {
    if (looking && seq > 0) handle.markRead(seq)
  }, [looking, seq, handle])
}
