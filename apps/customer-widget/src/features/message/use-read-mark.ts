import type { SessionHandle, TimelineMessage } from '@parley/sdk'
import { useEffect, useSyncExternalStore } from 'react'

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}

/** What is on the screen of somebody who looks is read. */
export function useReadMark(
  handle: SessionHandle,
  shown: boolean,
  messages: readonly TimelineMessage[],
): void {
  const visible = useSyncExternalStore(subscribe, () => document.visibilityState === 'visible')
  const last = messages.findLast(message => message.state === 'received')
  const seq = last && 'seq' in last ? last.seq : 0
  useEffect(() => {
    if (shown && visible && seq > 0) handle.markRead(seq)
  }, [handle, shown, visible, seq])
}
