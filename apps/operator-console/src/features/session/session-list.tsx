import type { Session } from '@parley/contracts'
import { useMe, useObservable } from '@parley/sdk/react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { formatRoute, navigate, type SessionView } from '../../app/route.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { focusComposer, useDrafts } from '../message/index.ts'
import { SessionRow } from './session-row.tsx'
import { useFrozenList } from './use-frozen-list.ts'

/** Pixels; a row has this height whatever is in it, so that nothing moves when something arrives. */
const ROW_HEIGHT = 68

interface SessionListProps {
  view: SessionView
  sessions: readonly Session[]
  selected: string | null
  /** Those that slide in. */
  fresh: ReadonlySet<string>
  label: string
  /** In place of no rows. */
  empty: ReactNode
  /** Below the last row. */
  foot?: ReactNode
}

export function SessionList({ view, sessions, selected, fresh, label, empty, foot }: SessionListProps) {
  const me = useMe()
  const drafts = useObservable(useDrafts())
  const { rows, hover } = useFrozenList(sessions)
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
  const address = (id: string) => formatRoute({ place: 'sessions', view, sessionId: id })
  useShortcuts({
    next: () => cursor.move(1),
    previous: () => cursor.move(-1),
    open: () => {
      if (cursor.at === selected) focusComposer()
      else if (cursor.at !== null) navigate({ place: 'sessions', view, sessionId: cursor.at })
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
              <SessionRow
                session={row.item}
                view={view}
                me={me}
                href={address(row.key)}
                current={row.key === selected}
                draft={row.key !== selected && drafts.has(row.key)}
                gone={row.gone}
                fresh={fresh.has(row.key)}
                tabIndex={row.key === (cursor.at ?? rows[0]?.key) ? 0 : -1}
                onReached={cursor.set}
              />
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
