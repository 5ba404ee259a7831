import type { Me, Session } from '@parley/contracts'
import { memo } from 'react'
import type { SessionView } from '../../app/route.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { duration, exactTime } from '../../i18n/time.ts'
import { useSeconds } from '../../i18n/use-now.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { When } from '../../ui/when.tsx'
import { RowFrame } from './row-frame.tsx'
import type { RowState } from './session-rows.tsx'
import { nameOf, preview, reasonText, waitingSince } from './words.ts'

interface RowProps extends RowState {
  session: Session
  view: SessionView
  me: Me | null
  href: string
  draft: boolean
  /** It has come while the list was shown. */
  fresh: boolean
}

export const SessionRow = memo(function SessionRow({
  session,
  view,
  me,
  href,
  draft,
  fresh,
  ...state
}: RowProps) {
  const texts = useTexts()
  const name = nameOf(texts, session)
  const unread = session.unreadCount ?? 0
  return (
    <RowFrame
      id={session.id}
      href={href}
      unread={unread}
      picture={<Avatar name={name} />}
      name={name}
      time={<RowTime session={session} />}
      fresh={fresh}
      {...state}
    >
      <span className="session-row-text" dir="auto">
        {draft && <b>{texts('session.draft')} </b>}
        {view === 'history' ? ending(session) : preview(texts, session, me)}
      </span>
      {view === 'all' && session.operator && (
        <bdi className="session-row-operator">{session.operator.name}</bdi>
      )}
    </RowFrame>
  )

  function ending(ended: Session): string {
    const reason = reasonText(texts, ended.endReason)
    return [reason, ended.operator?.name].filter(Boolean).join(' · ') || preview(texts, ended, me)
  }
})

function RowTime({ session }: { session: Session }) {
  if (session.status === 'waiting') return <Waiting since={waitingSince(session)} />
  return (
    <When
      className="session-row-time"
      at={session.endedAt ?? session.lastMessageAt ?? session.assignedAt ?? session.createdAt}
    />
  )
}

/** Ticks. The exact time is for whoever asks; a screen reader hears no ticking. */
export function Waiting({ since }: { since: number }) {
  const texts = useTexts()
  const now = useSeconds()
  return (
    <span className="session-row-waiting numbers" title={exactTime(texts, since)}>
      <span className="unseen">{texts('session.waiting')} </span>
      {duration(now - since)}
    </span>
  )
}
