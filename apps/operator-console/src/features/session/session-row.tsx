import type { Me, Session } from '@parley/contracts'
import { memo } from 'react'
import type { SessionView } from '../../app/route.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { duration, exactTime } from '../../i18n/time.ts'
import { useSeconds } from '../../i18n/use-now.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Count } from '../../ui/count.tsx'
import { When } from '../../ui/when.tsx'
import { focusComposer } from '../message/index.ts'
import { nameOf, preview, reasonText, waitingSince } from './words.ts'
import './session-row.css'

interface RowProps {
  session: Session
  view: SessionView
  me: Me | null
  href: string
  current: boolean
  draft: boolean
  /** It has left the list, and stays only until the pointer does. */
  gone: boolean
  /** It has come while the list was shown. */
  fresh: boolean
  tabIndex: 0 | -1
  onReached: (sessionId: string) => void
}

export const SessionRow = memo(function SessionRow({
  session,
  view,
  me,
  href,
  current,
  draft,
  gone,
  fresh,
  tabIndex,
  onReached,
}: RowProps) {
  const texts = useTexts()
  const name = nameOf(texts, session)
  const unread = session.unreadCount ?? 0
  return (
    <a
      href={href}
      tabIndex={tabIndex}
      className="session-row"
      aria-current={current ? 'true' : undefined}
      data-gone={gone || undefined}
      data-fresh={fresh || undefined}
      data-unread={unread > 0 || undefined}
      onFocus={() => onReached(session.id)}
      onClick={() => current && focusComposer()}
    >
      <Avatar name={name} />
      <span className="session-row-main">
        <span className="session-row-top">
          <bdi className="session-row-name">{name}</bdi>
          <RowTime session={session} />
        </span>
        <span className="session-row-bottom">
          <span className="session-row-text" dir="auto">
            {draft && <b>{texts('session.draft')} </b>}
            {view === 'history' ? ending(session) : preview(texts, session, me)}
          </span>
          {view === 'all' && session.operator && (
            <bdi className="session-row-operator">{session.operator.name}</bdi>
          )}
          <Count n={unread} words={texts('session.unread', { n: unread })} />
        </span>
      </span>
    </a>
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
