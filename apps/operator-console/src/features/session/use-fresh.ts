import { useState } from 'react'
import type { Keyed } from './frozen-order.ts'

const NOTHING: ReadonlySet<string> = new Set()

/**
 * What has come into a list with its last change: it slides in; what is there from the beginning does not. `items`
 * must stay the same array until something changes.
 */
export function useFresh(items: readonly Keyed[]): ReadonlySet<string> {
  const [seen, setSeen] = useState(items)
  const [fresh, setFresh] = useState(NOTHING)
  if (items !== seen) {
    const before = new Set(seen.map(item => item.id))
    setSeen(items)
    setFresh(new Set(items.filter(item => !before.has(item.id)).map(item => item.id)))
  }
  return fresh
}
