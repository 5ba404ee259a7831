import type { TimelineMessage } from '@parley/sdk'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Pixels from the end that still count as being there. */
const END = 48
/** Earlier messages are asked for this many pixels before the start is reached. */
const AHEAD = 200

export interface Scroll {
  readonly pane: RefObject<HTMLElement | null>
  readonly atEnd: boolean
  toEnd(): void
  /** Puts a message in the middle, and stays there. */
  goTo(message: HTMLElement): void
}

const extent = ({ scrollHeight, clientHeight }: HTMLElement) => ({ height: scrollHeight, room: clientHeight })

/** Whoever reads the newest messages goes on doing so; what somebody else reads stays where it is. */
export function useScroll(messages: readonly TimelineMessage[], nearStart: () => void): Scroll {
  const pane = useRef<HTMLElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const was = useRef({ atEnd: true, first: '', height: 0, room: 0, unsent: 0 })
  const near = useRef(nearStart)
  near.current = nearStart

  const toEnd = useCallback(() => {
    if (pane.current) pane.current.scrollTop = pane.current.scrollHeight
  }, [])

  const goTo = useCallback((message: HTMLElement) => {
    was.current.atEnd = false
    message.scrollIntoView({ block: 'center' })
    message.focus({ preventScroll: true })
  }, [])

  useLayoutEffect(() => {
    const box = pane.current
    if (!box) return
    const { first, height, unsent } = was.current
    const nextFirst = messages[0]?.key ?? ''
    const nextUnsent = messages.filter(message => message.state === 'waiting').length
    if (was.current.atEnd || nextUnsent > unsent) toEnd()
    else if (nextFirst !== first) box.scrollTop += box.scrollHeight - height
    Object.assign(was.current, { ...extent(box), first: nextFirst, unsent: nextUnsent })
  })

  useEffect(() => {
    const box = pane.current
    if (!box) return
    const note = () => {
      const { height, room } = extent(box)
      // Not scrolled but laid out anew: the composer has grown, or the phone was turned.
      if (was.current.atEnd && (height !== was.current.height || room !== was.current.room)) toEnd()
      const end = height - room - box.scrollTop <= END
      Object.assign(was.current, { atEnd: end, height, room })
      setAtEnd(end)
      if (box.scrollTop < AHEAD) near.current()
    }
    // A picture that has no size before it is there.
    const grown = () => {
      if (was.current.atEnd) toEnd()
    }
    const observer = new ResizeObserver(grown)
    box.addEventListener('scroll', note, { passive: true })
    // Loading does not bubble.
    box.addEventListener('load', grown, { capture: true })
    observer.observe(box)
    return () => {
      box.removeEventListener('scroll', note)
      box.removeEventListener('load', grown, { capture: true })
      observer.disconnect()
    }
  }, [toEnd])

  return { pane, atEnd, toEnd, goTo }
}
