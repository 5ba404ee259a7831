import { useState } from 'react'
import { frozenRows, type Keyed, rowsOf } from './frozen-order.ts'

/**
 * Holds the order of a list while a pointer is over it; touching is no hovering. `items` must stay the same array
 * until something changes.
 */
export function useFrozenList<T extends Keyed>(items: readonly T[]) {
  const [frozen, setFrozen] = useState(false)
  const [seen, setSeen] = useState(items)
  const [rows, setRows] = useState(() => rowsOf(items))
  if (items !== seen) {
    setSeen(items)
    setRows(frozen ? frozenRows(rows, items) : rowsOf(items))
  }
  const hover = {
    onPointerEnter: (event: { pointerType: string }) => {
      if (event.pointerType !== 'touch') setFrozen(true)
    },
    onPointerLeave: () => {
      setFrozen(false)
      setRows(rowsOf(items))
    },
  }
  return { rows, hover }
}
