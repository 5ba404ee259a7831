import { useObservable, useParley } from '@parley/sdk/react'
import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { useSeconds } from '../../i18n/use-now.ts'
import { ToastAction, ToastCard } from '../../ui/toast.tsx'
import { createPendingEnds, type EndInProgress, type PendingEnds } from './pending-ends.ts'

const EndsContext = createContext<PendingEnds | null>(null)

export function usePendingEnds(): PendingEnds {
  const ends = use(EndsContext)
  if (!ends) throw new Error('There is no <PendingEndsProvider> around this component')
  return ends
}

export function PendingEndsProvider({ personId, children }: { personId: string; children: ReactNode }) {
  const client = useParley()
  const [ends, setEnds] = useState<PendingEnds | null>(null)
  useEffect(() => {
    const created = createPendingEnds(personId, (sessionId, reason) =>
      client.call('session.end', { sessionId, reason }),
    )
    setEnds(created)
    return () => created.close()
  }, [client, personId])
  return (
    ends && (
      <EndsContext value={ends}>
        {children}
        <EndToasts ends={ends} />
      </EndsContext>
    )
  )
}

function EndToasts({ ends }: { ends: PendingEnds }) {
  return useObservable(ends).map(end => <EndToast key={end.sessionId} end={end} ends={ends} />)
}

function EndToast({ end, ends }: { end: EndInProgress; ends: PendingEnds }) {
  const texts = useTexts()
  const { name, sessionId } = end
  if (end.state === 'failed') {
    const why = errorText(texts, end.error) ?? ''
    return (
      <ToastCard
        stays
        problem
        text={texts('session.end_failed', { name, why })}
        onClose={() => ends.dismiss(sessionId)}
      >
        <ToastAction label={texts('try_again')} onPress={() => ends.retry(sessionId)} />
      </ToastCard>
    )
  }
  if (end.state === 'sending') {
    return (
      <ToastCard stays text={texts('session.ending', { name })}>
        <span className="spinner" aria-hidden="true" />
      </ToastCard>
    )
  }
  return (
    <ToastCard stays text={texts('session.ending', { name })}>
      <Countdown until={end.sendAt} />
      <ToastAction label={texts('undo')} onPress={() => ends.undo(sessionId)} />
    </ToastCard>
  )
}

function Countdown({ until }: { until: number }) {
  const now = useSeconds()
  return (
    <span className="toast-countdown numbers" aria-hidden="true">
      {Math.max(0, Math.ceil((until - now) / 1000))}
    </span>
  )
}
