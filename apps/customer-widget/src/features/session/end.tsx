import type { Me, Session } from '@parley/contracts'
import type { SessionHandle } from '@parley/sdk'
import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { endedText } from './words.ts'

/** Ending can't be undone, so it asks once. */
export function EndQuestion({ handle, done }: { handle: SessionHandle; done: () => void }) {
  const texts = useTexts()
  const [state, setState] = useState<'asked' | 'ending' | 'failed'>('asked')
  const no = useRef<HTMLButtonElement>(null)
  useEffect(() => no.current?.focus(), [])
  const end = () => {
    setState('ending')
    handle.end().then(done, () => setState('failed'))
  }
  return (
    <div className="foot question" role="alertdialog" aria-labelledby="end-question">
      <p id="end-question" role={state === 'failed' ? 'alert' : undefined}>
        {texts(state === 'failed' ? 'session.end.failed' : 'session.end.ask')}
      </p>
      <button type="button" ref={no} className="button" onClick={done}>
        {texts('session.end.no')}
      </button>
      <button type="button" className="button danger" disabled={state === 'ending'} onClick={end}>
        {texts('session.end')}
      </button>
    </div>
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
