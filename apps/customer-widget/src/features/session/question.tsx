import { type KeyboardEvent, useEffect, useRef, useState } from 'react'

interface QuestionProps {
  ask: string
  no: string
  yes: string
  act: () => Promise<unknown>
  /** What is said when it could not be done. */
  failed: (reason: unknown) => string
  done: () => void
  /** Where the focus goes once it is done; where it was may go away with it. */
  next?: () => HTMLElement | null
}

/** What can't be undone asks once. */
export function Question({ ask, no, yes, act, failed, done, next }: QuestionProps) {
  const [state, setState] = useState<'asked' | 'acting' | 'failed'>('asked')
  const [why, setWhy] = useState('')
  const first = useRef<HTMLButtonElement>(null)
  const back = useRef<HTMLElement | null>(null)
  useEffect(() => {
    back.current = document.activeElement as HTMLElement | null
    first.current?.focus()
    return () => back.current?.focus()
  }, [])
  const carryOut = () => {
    setState('acting')
    act().then(
      () => {
        back.current = next?.() ?? back.current
        done()
      },
      (reason: unknown) => {
        setWhy(failed(reason))
        setState('failed')
      },
    )
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    // The panel stays.
    event.stopPropagation()
    done()
  }
  return (
    <div className="foot question" role="alertdialog" aria-labelledby="question" onKeyDown={press}>
      <p id="question" role={state === 'failed' ? 'alert' : undefined}>
        {why || ask}
      </p>
      <button type="button" ref={first} className="button" onClick={done}>
        {no}
      </button>
      <button type="button" className="button danger" disabled={state === 'acting'} onClick={carryOut}>
        {yes}
      </button>
    </div>
  )
}
