import type { Session } from '@parley/contracts'
import type { SessionHandle, TimelineMessage } from '@parley/sdk'
import { useTexts } from '../../i18n/i18n.tsx'
import { dayName, exactTime } from '../../i18n/time.ts'
import { useMinutes } from '../../i18n/use-now.ts'
import { MessageBubble, type Sender } from './message-bubble.tsx'
import type { TimelineRow } from './timeline-rows.ts'

interface ItemProps {
  row: TimelineRow
  session: Session | null
  handle: SessionHandle
  sender: (message: TimelineMessage) => Sender
}

export function TimelineItem({ row, session, handle, sender }: ItemProps) {
  const texts = useTexts()
  switch (row.kind) {
    case 'start':
      return <Start session={session} />
    case 'day':
      return <Day at={row.at} />
    case 'unread':
      return (
        <p className="timeline-unread">
          <span>{texts('message.unread')}</span>
        </p>
      )
    case 'message':
      return <MessageBubble row={row} sender={sender(row.message)} handle={handle} />
  }
}

function Start({ session }: { session: Session | null }) {
  const texts = useTexts()
  const at = session && exactTime(texts, Date.parse(session.createdAt))
  return (
    <p className="timeline-start">
      {session && at ? texts(session.type === 'support' ? 'message.start' : 'chat.started', { at }) : ''}
    </p>
  )
}

function Day({ at }: { at: number }) {
  const texts = useTexts()
  const now = useMinutes()
  return (
    <p className="timeline-day">
      <span>{dayName(texts, at, now)}</span>
    </p>
  )
}
