import { rowLink, SessionScreen, SessionsPane } from '../features/session/index.ts'
import { useTexts } from '../i18n/i18n.tsx'
import { Notice } from '../ui/notice.tsx'
import { navigate, type SessionView } from './route.ts'
import { useShortcuts } from './shortcuts.ts'

interface SessionsPlaceProps {
  view: SessionView
  sessionId: string | null
}

export function SessionsPlace({ view, sessionId }: SessionsPlaceProps) {
  const texts = useTexts()
  useShortcuts({ back: () => stepBack(view, sessionId) })
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

/** Out of the field, to the row in the list; from there (or where the list is another step), out of the session. */
function stepBack(view: SessionView, sessionId: string | null): void {
  const row = sessionId === null ? null : rowLink(sessionId)
  const listed = row?.checkVisibility({ visibilityProperty: true }) ? row : null
  if (listed && document.activeElement !== listed) listed.focus()
  else if (sessionId !== null) navigate({ place: 'sessions', view, sessionId: null })
}
