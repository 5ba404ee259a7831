import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useShortcuts } from '../../app/shortcuts.ts'
import { focusComposer } from '../message/index.ts'
import type { Keyed } from './frozen-order.ts'
import { useFrozenList } from './use-frozen-list.ts'

/** Pixels; a row has this height whatever is in it, so that nothing moves when something arrives. */
const ROW_HEIGHT = 68

export interface RowState {
  readonly current: boolean
  /** It has left the list, and stays only until the pointer does. */
  readonly gone: boolean
  readonly tabIndex: 0 | -1
  readonly onReached: (sessionId: string) => void
}

interface SessionRowsProps<T extends Keyed> {
  /** The same array until something changes. */
  items: readonly T[]
  selected: string | null
  label: string
  onOpen: (sessionId: string) => void
  row: (item: T, state: RowState) => ReactNode
  /** In place of no rows. */
  empty: ReactNode
  /** Below the last row. */
  foot?: ReactNode
}

/** A list of sessions, of any type, that never jumps under the pointer and is walked by the keyboard. */
export function SessionRows<T extends Keyed>(props: SessionRowsProps<T>) {
  const { items, selected, label, onOpen, empty, foot } = props
  const { rows, hover } = useFrozenList(items)
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: index => rows[index]?.key ?? index,
    overscan: 6,
    paddingStart: 4,
    paddingEnd: 4,
  })
  const cursor = useCursor(
    rows.map(row => row.key),
    selected,
    index => virtualizer.scrollToIndex(index),
  )
  useShortcuts({
    next: () => cursor.move(1),
    previous: () => cursor.move(-1),
    open: () => {
      if (cursor.at === selected) focusComposer()
      else if (cursor.at !== null) onOpen(cursor.at)
    },
  })

  return (
    <div ref={scroller} className="session-list" {...hover}>
      <ul aria-label={label} className="session-list-rows" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]
          if (!row) return null
          return (
            <li
              key={key}
              className="session-list-row"
              style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              data-session={row.key}
            >
              {props.row(row.item, {
                current: row.key === selected,
                gone: row.gone,
                tabIndex: row.key === (cursor.at ?? rows[0]?.key) ? 0 : -1,
                onReached: cursor.set,
              })}
            </li>
          )
        })}
      </ul>
      {rows.length === 0 && empty}
      {foot}
    </div>
  )
}

/** The row that the keyboard is at. It follows its session when the order changes. */
function useCursor(keys: readonly string[], selected: string | null, show: (index: number) => void) {
  const [at, set] = useState<string | null>(selected)
  const [wanted, setWanted] = useState<string | null>(null)
  useEffect(() => {
    if (selected !== null) set(selected)
  }, [selected])
  // After every render: a row that was far away is there only once the list has scrolled to it.
  useEffect(() => {
    const link = wanted === null ? null : rowLink(wanted)
    if (!link) return
    link.focus({ preventScroll: true })
    setWanted(null)
  })
  const present = at !== null && keys.includes(at) ? at : null
  const move = (by: 1 | -1) => {
    const index = present === null ? 0 : Math.min(Math.max(keys.indexOf(present) + by, 0), keys.length - 1)
    const key = keys[index]
    if (key === undefined) return
    show(index)
    set(key)
    setWanted(key)
  }
  return { at: present, set, move }
}

/** The link of a session's row, where it is on the screen. */
export function rowLink(sessionId: string): HTMLElement | null {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-session]')]
  return rows.find(row => row.dataset['session'] === sessionId)?.querySelector('a') ?? null
}
