import { type RefObject, useEffect, useRef } from 'react'
import { focusComposer } from '../message/index.ts'

/** Wide enough for list and session side by side, and so for a keyboard rather than one on the screen. */
const WIDE = '(min-width: 900px)'

/**
 * Whoever opens or takes a session wants to write; on a phone the keyboard comes up only when it is asked for. When
 * the field goes away under a person's hands, the focus goes to the heading instead of nowhere. From anywhere else it
 * is never taken.
 */
export function useArrival(heading: RefObject<HTMLElement | null>, canWrite: boolean): void {
  const arrived = useRef(false)
  useEffect(() => {
    const focused = document.activeElement
    const elsewhere = focused !== document.body && focused !== heading.current
    if (arrived.current && elsewhere) return
    arrived.current = true
    const wide = window.matchMedia(WIDE).matches
    if (!(canWrite && wide && focusComposer())) heading.current?.focus({ preventScroll: true })
  }, [heading, canWrite])
}
