import type { Session } from '@parley/contracts'
import type { SessionHandle } from '@parley/sdk'
import { useMe } from '@parley/sdk/react'
import { useTexts } from '../../i18n/i18n.tsx'
import { dayAndTime } from '../../i18n/time.ts'
import { useMinutes } from '../../i18n/use-now.ts'
import type { Attachments } from '../file/index.ts'
import { Composer } from '../message/index.ts'
import { useOperatorName } from '../operator/index.ts'
import { useWidgetSettings } from '../site/index.ts'
import type { Access } from './use-access.ts'
import { nameOf, reasonText } from './words.ts'

interface FootProps {
  session: Session
  handle: SessionHandle
  access: Access
  attachments: Attachments
}

/** Where one writes, or why one can't. */
export function SessionFoot({ session, handle, access, attachments }: FootProps) {
  const texts = useTexts()
  const widget = useWidgetSettings()
  if (access.canWrite) {
    return (
      <Composer
        sessionId={session.id}
        handle={handle}
        maxLength={widget?.messageMaxLength ?? null}
        attachments={attachments}
        label={texts('message.write_to', { name: nameOf(texts, session) })}
      />
    )
  }
  if (session.status === 'ended') return <Ended session={session} />
  if (session.status === 'waiting') return <p className="session-foot">{texts('session.unassigned')}</p>
  return <p className="session-foot">{texts('session.others', { name: session.operator?.name ?? '' })}</p>
}

function Ended({ session }: { session: Session }) {
  const texts = useTexts()
  const now = useMinutes()
  const who = useEnder(session)
  const reason = reasonText(texts, session.endReason)
  const at = session.endedAt ? dayAndTime(texts, Date.parse(session.endedAt), now) : ''
  const said = who ? texts('session.ended_by', { who, at }) : texts('session.ended_at', { at })
  return <p className="session-foot">{[said, reason].filter(Boolean).join(' · ')}</p>
}

function useEnder({ endedBy, userId, ...session }: Session): string | null {
  const texts = useTexts()
  const me = useMe()
  const operatorName = useOperatorName()
  if (endedBy === null) return null
  if (endedBy === me?.id) return texts('message.me')
  return endedBy === userId ? texts('session.the_visitor') : operatorName(endedBy, session.operator)
}
