import type { Excerpt, ExcerptSnapshot, SessionHandle, SessionSnapshot, TimelineMessage } from '@parley/sdk'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Sender } from './message-bubble.tsx'
import { TimelineItem } from './timeline-item.tsx'
import { type TimelineRow, timelineRows } from './timeline-rows.ts'
import { useEdge } from './use-edge.ts'
import { isRowOf, type Jump, useFound } from './use-found.ts'
import { END, useKeptEnd } from './use-kept-end.ts'
import { useReadMark } from './use-read-mark.ts'
import './timeline.css'

export type { Jump } from './use-found.ts'

/** Pixels, until a row has been measured. */
const ESTIMATES: Record<TimelineRow['kind'], number> = { start: 56, day: 44, unread: 36, message: 52 }
/** More messages are asked for this many rows before the first or last is reached. */
const AHEAD = 8

/** A part of the session that lies further back than the newest messages. */
interface Past {
  readonly snapshot: ExcerptSnapshot
  readonly excerpt: Excerpt
  /** Back to the newest. */
  readonly onNewest: () => void
}

interface TimelineProps {
  snapshot: SessionSnapshot
  handle: SessionHandle
  /** Whether what is seen here counts as read: the session is one's own. */
  reads: boolean
  sender: (message: TimelineMessage) => Sender
  /** Shown in place of the newest messages, until it has met them. */
  past?: Past | null
  jump?: Jump | null
}

export function Timeline(props: TimelineProps) {
  const { snapshot, handle, reads, sender, jump = null } = props
  const texts = useTexts()
  const past = props.past?.snapshot.hasNewer ? props.past : null
  const { messages, hasOlder, loadingOlder } = past?.snapshot ?? snapshot
  // In a colleague's session nothing was ever read, and nothing needs to be.
  const lineAt = reads ? snapshot.unreadFrom : null
  const rows = useMemo(
    () => timelineRows(messages, { hasOlder, unreadFrom: lineAt }),
    [messages, hasOlder, lineAt],
  )
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: index => ESTIMATES[rows[index]?.kind ?? 'message'],
    getItemKey: index => rows[index]?.key ?? index,
    // What is read stays where it is while older messages come in above, and the end stays the end.
    anchorTo: 'end',
    followOnAppend: useWasNewest(past === null),
    scrollEndThreshold: END,
    overscan: 6,
    paddingStart: 40,
    paddingEnd: 12,
  })

  useKeptEnd(scroller, virtualizer.scrollToEnd)

  const arrived = useArrival(rows, virtualizer, jump)
  const found = useFound(rows, virtualizer, jump)
  const unsent = messages.filter(message => message.state === 'waiting').at(-1)?.key
  useEffect(() => {
    if (unsent !== undefined) virtualizer.scrollToEnd()
  }, [unsent, virtualizer])

  const items = virtualizer.getVirtualItems()
  const nearStart = (items[0]?.index ?? AHEAD) < AHEAD
  const older = useEdge(arrived && nearStart && hasOlder, loadingOlder, () => {
    // A way that is still being made leads to a row by its number, which is about to change.
    virtualizer.cancelScroll()
    return (props.past ? props.past.excerpt : handle).loadOlder()
  })
  const nearEnd = (items.at(-1)?.index ?? 0) > rows.length - AHEAD
  useEdge(
    arrived && nearEnd && past !== null,
    past?.snapshot.loadingNewer ?? false,
    () => past?.excerpt.loadNewer() ?? Promise.resolve(),
  )

  const lastSeen = rows[virtualizer.range?.endIndex ?? -1]
  useReadMark(handle, reads && !past && lastSeen?.kind === 'message' ? lastSeen.message : null)

  const atEnd = past === null && virtualizer.isAtEnd(END)
  return (
    <div className="timeline">
      <div
        ref={scroller}
        className="timeline-scroller"
        role="log"
        aria-live="off"
        aria-label={texts('message.timeline')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reached by the keyboard
        tabIndex={0}
      >
        <div className="timeline-rows" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ key, index, start: top }) => {
            const row = rows[index]
            return (
              row && (
                <div
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  data-found={isRowOf(row, found) || undefined}
                  className="timeline-row"
                  style={{ transform: `translateY(${top}px)` }}
                >
                  <TimelineItem row={row} session={snapshot.session} handle={handle} sender={sender} />
                </div>
              )
            )
          })}
        </div>
      </div>
      <Older loading={loadingOlder} error={older.error} onAgain={() => void older.run()} />
      {!atEnd && rows.length > 0 && (
        <ToEnd
          n={snapshot.unreadCount}
          onPress={() => (past ? past.onNewest() : virtualizer.scrollToEnd())}
        />
      )}
    </div>
  )
}

interface OlderProps {
  loading: boolean
  error: unknown
  onAgain: () => void
}

/** Over the top: older messages are on their way, or could not be had. */
function Older({ loading, error, onAgain }: OlderProps) {
  const texts = useTexts()
  return (
    <div className="timeline-older">
      {loading && <span className="spinner" role="status" aria-label={texts('message.loading_older')} />}
      {error !== null && (
        <button type="button" className="timeline-pill" onClick={onAgain}>
          {texts('message.older_failed', { why: errorText(texts, error) ?? '' })}
        </button>
      )}
    </div>
  )
}

function ToEnd({ n, onPress }: { n: number; onPress: () => void }) {
  const texts = useTexts()
  return (
    <button type="button" className="timeline-pill timeline-to-end" onClick={onPress}>
      <Icon name="down" size={16} />
      {texts(n > 0 ? 'message.new_below' : 'message.to_end', { n })}
    </button>
  )
}

/** Is the end that is shown the newest? Said one step late: what joins the past to the present is nothing to follow. */
function useWasNewest(newest: boolean): boolean {
  const [was, setWas] = useState(newest)
  useEffect(() => setWas(newest), [newest])
  return was
}

/** Goes to a message, where reading stopped, or to the end; says when it is there. */
function useArrival(
  rows: readonly TimelineRow[],
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  jump: Jump | null,
): boolean {
  const [arrived, setArrived] = useState(false)
  const placed = useRef(false)
  const unread = rows.findIndex(row => row.kind === 'unread')
  const wanted = jump === null ? -1 : rows.findIndex(row => isRowOf(row, jump))
  useLayoutEffect(() => {
    if (placed.current || rows.length === 0) return
    placed.current = true
    if (wanted >= 0) virtualizer.scrollToIndex(wanted, { align: 'center' })
    else if (unread > 0) virtualizer.scrollToIndex(unread, { align: 'start' })
    else virtualizer.scrollToEnd()
  }, [rows.length, unread, wanted, virtualizer])

  const target = wanted >= 0 ? wanted : unread > 0 ? unread : rows.length - 1
  const { range } = virtualizer
  const seen = range !== null && range.startIndex <= target && target <= range.endIndex
  useEffect(() => {
    if (seen && placed.current) setArrived(true)
  }, [seen])
  return arrived
}
