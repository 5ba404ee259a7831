import type { SessionHandle, SessionSnapshot, TimelineMessage } from '@parley/sdk'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useReconnected } from '../../client/use-reconnected.ts'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useAction } from '../../ui/use-action.ts'
import { TimelineItem } from './timeline-item.tsx'
import { type TimelineRow, timelineRows } from './timeline-rows.ts'
import { END, useKeptEnd } from './use-kept-end.ts'
import { useReadMark } from './use-read-mark.ts'
import './timeline.css'

/** Pixels, until a row has been measured. */
const ESTIMATES: Record<TimelineRow['kind'], number> = { start: 56, day: 44, unread: 36, message: 52 }
/** Older messages are asked for this many rows before the first is reached. */
const AHEAD = 8

interface TimelineProps {
  snapshot: SessionSnapshot
  handle: SessionHandle
  /** Whether what is seen here counts as read: the session is one's own. */
  reads: boolean
  senderName: (message: TimelineMessage) => string
}

export function Timeline({ snapshot, handle, reads, senderName }: TimelineProps) {
  const texts = useTexts()
  const { messages, hasOlder, unreadFrom, loadingOlder } = snapshot
  // In a colleague's session nothing was ever read, and nothing needs to be.
  const lineAt = reads ? unreadFrom : null
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
    followOnAppend: true,
    scrollEndThreshold: END,
    overscan: 6,
    paddingStart: 40,
    paddingEnd: 12,
  })

  useKeptEnd(scroller, virtualizer.scrollToEnd)

  const arrived = useArrival(rows, virtualizer)
  const unsent = messages.filter(message => message.state === 'waiting').at(-1)?.key
  useEffect(() => {
    if (unsent !== undefined) virtualizer.scrollToEnd()
  }, [unsent, virtualizer])

  const items = virtualizer.getVirtualItems()
  const older = useAction(() => {
    // A way that is still being made leads to a row by its number, which is about to change.
    virtualizer.cancelScroll()
    return handle.loadOlder()
  })
  const nearStart = (items[0]?.index ?? AHEAD) < AHEAD
  const failed = older.error !== null
  const { run: loadOlder } = older
  useEffect(() => {
    if (arrived && nearStart && hasOlder && !loadingOlder && !failed) void loadOlder()
  }, [arrived, nearStart, hasOlder, loadingOlder, failed, loadOlder])

  useReconnected(() => failed && void loadOlder())

  const lastSeen = rows[virtualizer.range?.endIndex ?? -1]
  useReadMark(handle, reads && lastSeen?.kind === 'message' ? lastSeen.message : null)

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
                  className="timeline-row"
                  style={{ transform: `translateY(${top}px)` }}
                >
                  <TimelineItem
                    row={row}
                    session={snapshot.session}
                    handle={handle}
                    senderName={senderName}
                  />
                </div>
              )
            )
          })}
        </div>
      </div>
      <div className="timeline-older">
        {loadingOlder && (
          <span className="spinner" role="status" aria-label={texts('message.loading_older')} />
        )}
        {failed && (
          <button type="button" className="timeline-pill" onClick={() => void older.run()}>
            {texts('message.older_failed', { why: errorText(texts, older.error) ?? '' })}
          </button>
        )}
      </div>
      {!virtualizer.isAtEnd(END) && rows.length > 0 && (
        <button
          type="button"
          className="timeline-pill timeline-to-end"
          onClick={() => virtualizer.scrollToEnd()}
        >
          <Icon name="down" size={16} />
          {texts(snapshot.unreadCount > 0 ? 'message.new_below' : 'message.to_end', {
            n: snapshot.unreadCount,
          })}
        </button>
      )}
    </div>
  )
}

/** Goes where reading stopped, or to the end; says when it is there. */
function useArrival(
  rows: readonly TimelineRow[],
  virtualizer: Virtualizer<HTMLDivElement, Element>,
): boolean {
  const [arrived, setArrived] = useState(false)
  const placed = useRef(false)
  const unread = rows.findIndex(row => row.kind === 'unread')
  useLayoutEffect(() => {
    if (placed.current || rows.length === 0) return
    placed.current = true
    if (unread > 0) virtualizer.scrollToIndex(unread, { align: 'start' })
    else virtualizer.scrollToEnd()
  }, [rows.length, unread, virtualizer])

  const target = unread > 0 ? unread : rows.length - 1
  const { range } = virtualizer
  const seen = range !== null && range.startIndex <= target && target <= range.endIndex
  useEffect(() => {
    if (seen && placed.current) setArrived(true)
  }, [seen])
  return arrived
}
