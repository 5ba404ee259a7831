import type { SessionHandle, SessionSnapshot } from '@parley/sdk'
import { useMemo } from 'react'
import { Icon } from '../../app/icon.tsx'
import { useTexts } from '../../i18n/i18n.tsx'
import { operatorName } from '../../i18n/operator-name.ts'
import { dayName } from '../../i18n/time.ts'
import { MessageBubble } from './message-bubble.tsx'
import type { MessageTools } from './message-tools.ts'
import { senderName } from './sender-name.ts'
import { type TimelineRow, timelineRows } from './timeline-rows.ts'
import { useJump } from './use-jump.ts'
import { useReadMark } from './use-read-mark.ts'
import { useScroll } from './use-scroll.ts'
import './timeline.css'

interface TimelineProps {
  snapshot: SessionSnapshot
  handle: SessionHandle
  /** Somebody looks: what is shown counts as read. */
  reads: boolean
  recall: MessageTools['recall']
}

export function Timeline({ snapshot, handle, reads, recall }: TimelineProps) {
  const texts = useTexts()
  const { messages, session, hasOlder, unreadFrom, unreadCount, loadingOlder } = snapshot
  const rows = useMemo(
    () => timelineRows(messages, { session, hasOlder, unreadFrom }),
    [messages, session, hasOlder, unreadFrom],
  )
  const loadOlder = () => {
    // It can be asked for again with the button.
    if (hasOlder && !loadingOlder) handle.loadOlder().catch(() => undefined)
  }
  const { pane, atEnd, toEnd, goTo } = useScroll(messages, loadOlder)
  useReadMark(handle, reads && atEnd, messages)
  const jump = useJump(handle, snapshot, goTo)
  const nameOf: MessageTools['nameOf'] = ({ senderId, senderType }) =>
    senderType === 'user' ? texts('message.you') : senderName(texts, senderId, session)
  const tools = { handle, isOver: session?.status === 'ended', nameOf, recall, goTo: jump }
  const writer = snapshot.typing[0]

  return (
    <div className="timeline">
      <section
        ref={pane}
        className="pane"
        role="log"
        aria-live="off"
        aria-label={texts('message.timeline')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reached by the keyboard
        tabIndex={0}
      >
        {snapshot.loading && <p className="skeleton" role="status" aria-label={texts('session.loading')} />}
        {hasOlder && (
          <button type="button" className="pill" disabled={loadingOlder} onClick={loadOlder}>
            {texts('message.older')}
          </button>
        )}
        {rows.map(row => (
          <Row key={row.key} row={row} tools={tools} />
        ))}
        {writer && (
          <p className="typing">
            <span className="dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            {texts('message.typing', { name: senderName(texts, writer.userId, session) })}
          </p>
        )}
      </section>
      {!atEnd && (
        <button type="button" className="pill to-end" onClick={toEnd}>
          <Icon name="down" size={16} />
          {texts('message.to_end', { n: unreadCount })}
        </button>
      )}
    </div>
  )
}

function Row({ row, tools }: { row: TimelineRow; tools: MessageTools }) {
  const texts = useTexts()
  switch (row.kind) {
    case 'day':
      return <p className="between">{dayName(texts, row.at, Date.now())}</p>
    case 'unread':
      return <p className="between unread">{texts('message.unread')}</p>
    case 'joined':
      return (
        <p className="between">
          <bdi>{texts('session.joined', { name: operatorName(texts, row.operator) })}</bdi>
        </p>
      )
    case 'message':
      return <MessageBubble row={row} tools={tools} />
  }
}
