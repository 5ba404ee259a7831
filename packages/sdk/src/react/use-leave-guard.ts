import { useEffect } from 'react'
import type { TimelineMessage } from '../types.ts'

/** A file that is not on the server yet does not outlive the page: the browser asks before the page is left. */
export function useLeaveGuard(messages: readonly TimelineMessage[]): void {
  const uploading = messages.some(message => message.state === 'waiting' && message.uploading !== null)
  useEffect(() => {
    if (!uploading) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [uploading])
}
