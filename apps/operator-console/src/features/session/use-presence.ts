import { useParleyEvent } from '@parley/sdk/react'
import { useState } from 'react'

/** Is the visitor on the page? `null`: nothing was heard of them since the session was opened here. */
export function usePresence(sessionId: string, userId: string | null): boolean | null {
  const [here, setHere] = useState<boolean | null>(null)
  useParleyEvent('presence', event => {
    if (event.sessionId === sessionId && event.userId === userId) setHere(event.here)
  })
  return here
}
