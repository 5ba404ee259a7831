import { playSound } from '@parley/design/sound'
import type { Observable, VisitorClient } from '@parley/sdk'

/** So long the other tabs of this site stay silent. Milliseconds. */
const TURN_MS = 1000

/** In one of several tabs only. Where a browser has no locks for us, each one sounds. */
async function inOneTab(work: () => void): Promise<void> {
  let done = false
  const once = () => {
    if (!done) work()
    done = true
  }
  const turn = (lock: Lock | null) => {
    if (lock) once()
    done = true
    return new Promise(resolve => setTimeout(resolve, TURN_MS))
  }
  await navigator.locks?.request('parley sound', { ifAvailable: true }, turn).catch(once)
}

/** Two soft notes for a message that the visitor may not see. */
export function soundNews(client: VisitorClient, wanted: Observable<boolean>, isOpen: () => boolean): void {
  client.on('message', ({ live }) => {
    const looks = isOpen() && document.hasFocus()
    if (live && !looks && wanted.getSnapshot()) void inOneTab(playSound)
  })
}
