import { useSession } from '@parley/sdk/react'
import type { SessionView } from '../../app/route.ts'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Notice, Skeleton } from '../../ui/notice.tsx'
import { OpenSession } from './open-session.tsx'
import './session-screen.css'

interface ScreenProps {
  sessionId: string
  view: SessionView
}

export function SessionScreen({ sessionId, view }: ScreenProps) {
  const texts = useTexts()
  const { handle, ...snapshot } = useSession(sessionId)
  const { session, messages, loading, error } = snapshot
  if (error && messages.length === 0) {
    return <Notice icon="alert" title={texts('session.gone')} text={errorText(texts, error) ?? undefined} />
  }
  if (!session || (loading && messages.length === 0)) return <Skeleton rows={6} label={texts('loading')} />
  return <OpenSession session={session} snapshot={snapshot} handle={handle} view={view} />
}
