import type { SessionHandle, SessionSnapshot } from '@parley/sdk'
import { useEffect, useState } from 'react'

/** Goes to a message, by its id; what lies further back is loaded first. */
export function useJump(
  handle: SessionHandle,
  { messages, hasOlder, loadingOlder }: SessionSnapshot,
  goTo: (message: HTMLElement) => void,
): (messageId: string) => void {
  const [wanted, setWanted] = useState<string | null>(null)
  useEffect(() => {
    if (wanted === null || loadingOlder) return
    const isHere = messages.some(message => 'seq' in message && message.id === wanted)
    // Out of reach: it can be asked for again.
    if (!isHere && hasOlder) return void handle.loadOlder().catch(() => setWanted(null))
    const place = document.getElementById(wanted)
    if (place) goTo(place)
    setWanted(null)
  }, [handle, wanted, messages, hasOlder, loadingOlder, goTo])
  return setWanted
}
