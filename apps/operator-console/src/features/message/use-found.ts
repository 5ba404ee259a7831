import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { TimelineRow } from './timeline-rows.ts'

/** How long a message that was gone to stands out. Milliseconds. */
const FOUND_MS = 3000

/** Where to go: a message, by its `seq`. Each new one is gone to once. */
export interface Jump {
  readonly seq: number
}

export const isRowOf = (row: TimelineRow | undefined, jump: Jump | null): boolean =>
  jump !== null && row?.kind === 'message' && 'seq' in row.message && row.message.seq === jump.seq

/** Goes to the message of a jump, and says for a while that it is the one. */
export function useFound(
  rows: readonly TimelineRow[],
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  jump: Jump | null,
): Jump | null {
  const [found, setFound] = useState<Jump | null>(null)
  const done = useRef<Jump | null>(null)
  const index = rows.findIndex(row => isRowOf(row, jump))
  useEffect(() => {
    if (jump === null || done.current === jump || index < 0) return
    done.current = jump
    setFound(jump)
    virtualizer.scrollToIndex(index, { align: 'center' })
  }, [jump, index, virtualizer])
  useEffect(() => {
    if (found === null) return
    const timer = setTimeout(() => setFound(null), FOUND_MS)
    return () => clearTimeout(timer)
  }, [found])
  return found
}
