import { type RefObject, useEffect } from 'react'

/** Pixels from the end that still count as being there. */
export const END = 48

/** Whoever reads the newest messages still does when the pane gets lower, as when the composer or a keyboard grows. */
export function useKeptEnd(scroller: RefObject<HTMLElement | null>, scrollToEnd: () => void): void {
  useEffect(() => {
    const pane = scroller.current
    if (!pane) return
    let atEnd = true
    const note = () => {
      atEnd = pane.scrollHeight - pane.clientHeight - pane.scrollTop <= END
    }
    const observer = new ResizeObserver(() => {
      if (atEnd) scrollToEnd()
    })
    pane.addEventListener('scroll', note, { passive: true })
    observer.observe(pane)
    return () => {
      pane.removeEventListener('scroll', note)
      observer.disconnect()
    }
  }, [scroller, scrollToEnd])
}
