import { createLongPress } from '@parley/design/long-press'
import { useEffect, useMemo, useRef } from 'react'

/** What a finger that rests on something does; `null`: nothing. The handlers are those of an element, if there are any. */
export function useLongPress(act: (() => void) | null) {
  const newest = useRef(act)
  useEffect(() => {
    newest.current = act
  })
  const press = useMemo(() => createLongPress(() => newest.current?.()), [])
  useEffect(() => press.onPointerCancel, [press])
  return act && press
}
