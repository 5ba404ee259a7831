import type { TimelineMessage } from '@parley/sdk'
import { useEffect } from 'react'

/** A file that is not on the server does not outlive the page: the browser asks before it is left. */
export function useLeaveGuard(messages: readonly TimelineMessage[]): void {
  const uploading = messages.some(message => message.state === 'waiting' && message.uploading)
  useEffect(() => {
    if (!uploading) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [uploading])
}
