import { SessionScreen, SessionsPane } from '../features/session/index.ts'
import { useTexts } from '../i18n/i18n.tsx'
import { Notice } from '../ui/notice.tsx'
import { navigate, type SessionView } from './route.ts'
import { useShortcuts } from './shortcuts.ts'
import { stepBack } from './step-back.ts'

interface SessionsPlaceProps {
  view: SessionView
  sessionId: string | null
}

export function SessionsPlace({ view, sessionId }: SessionsPlaceProps) {
  const texts = useTexts()
  useShortcuts({
    back: () => stepBack(sessionId, () => navigate({ place: 'sessions', view, sessionId: null })),
  })
  return (
    <div className="two-steps" data-step={sessionId === null ? 'first' : 'second'}>
      <h1 className="unseen">{texts('session.title')}</h1>
      <div className="step-first">
        <SessionsPane view={view} selected={sessionId} />
      </div>
      <div className="step-second">
        {sessionId === null ? (
          <Notice icon="sessions" title={texts('session.choose')} text={texts('session.choose_hint')} />
        ) : (
          <SessionScreen key={sessionId} sessionId={sessionId} view={view} />
        )}
      </div>
    </div>
  )
}
