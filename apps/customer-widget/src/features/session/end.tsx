import type { Me, Session } from '@parley/contracts'
import type { SessionHandle } from '@parley/sdk'
import { useTexts } from '../../i18n/i18n.tsx'
import { Question } from './question.tsx'
import { endedText } from './words.ts'

export function EndQuestion({ handle, done }: { handle: SessionHandle; done: () => void }) {
  const texts = useTexts()
  return (
    <Question
      ask={texts('session.end.ask')}
      no={texts('session.end.no')}
      yes={texts('session.end')}
      act={() => handle.end()}
      failed={() => texts('session.end.failed')}
      done={done}
    />
  )
}

interface EndedProps {
  /** `null`: it can't be shown. */
  session: Session | null
  me: Me | null
  startNew: () => void
}

export function Ended({ session, me, startNew }: EndedProps) {
  const texts = useTexts()
  return (
    <div className="foot">
      <p>{session ? endedText(texts, session, me) : texts('session.failed')}</p>
      <button type="button" className="button primary" onClick={startNew}>
        {texts('session.new')}
      </button>
    </div>
  )
}
