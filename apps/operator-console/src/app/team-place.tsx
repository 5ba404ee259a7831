import { ChatScreen, ChatsPane } from '../features/chat/index.ts'
import { useTexts } from '../i18n/i18n.tsx'
import { Notice } from '../ui/notice.tsx'
import { navigate } from './route.ts'
import { useShortcuts } from './shortcuts.ts'
import { stepBack } from './step-back.ts'

interface TeamPlaceProps {
  sessionId: string | null
  /** The message to go to. */
  seq: number | null
}

/** Direct and group chat among staff. */
export function TeamPlace({ sessionId, seq }: TeamPlaceProps) {
  const texts = useTexts()
  useShortcuts({
    back: () => stepBack(sessionId, () => navigate({ place: 'team', sessionId: null, seq: null })),
  })
  return (
    <div className="two-steps" data-step={sessionId === null ? 'first' : 'second'}>
      <h1 className="unseen">{texts('rail.team')}</h1>
      <div className="step-first">
        <ChatsPane selected={sessionId} />
      </div>
      <div className="step-second">
        {sessionId === null ? (
          <Notice icon="team" title={texts('chat.choose')} text={texts('chat.choose_hint')} />
        ) : (
          <ChatScreen key={sessionId} sessionId={sessionId} seq={seq} />
        )}
      </div>
    </div>
  )
}
