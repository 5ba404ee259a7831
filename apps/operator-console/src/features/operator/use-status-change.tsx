import type { Operator } from '@parley/contracts'
import { useParley } from '@parley/sdk/react'
import { useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import type { OperatorStatus } from '../../ui/status.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useAction } from '../../ui/use-action.ts'

/** Going offline gives the sessions back at once: with some in hand, it asks once. */
export function useStatusChange(operator: Operator | null) {
  const client = useParley()
  const texts = useTexts()
  const toast = useToast()
  const [asking, setAsking] = useState(false)
  const change = useAction(
    async (status: OperatorStatus) => {
      if (operator) await client.call('operator.set-status', { operatorId: operator.id, status })
      setAsking(false)
    },
    error => asking || toast(errorText(texts, error) ?? '', 'problem'),
  )
  const choose = (status: OperatorStatus) => {
    if (!operator || status === operator.status) return
    if (status === 'offline' && operator.activeSessions > 0) setAsking(true)
    else void change.run(status)
  }
  const leaving = (
    <Confirm
      open={asking}
      onClose={() => setAsking(false)}
      title={texts('operator.leave.title')}
      description={texts('operator.leave.text', { n: operator?.activeSessions ?? 0 })}
      action={texts('operator.leave.action')}
      pending={change.pending}
      error={errorText(texts, change.error)}
      onConfirm={() => void change.run('offline')}
    />
  )
  return { choose, pending: change.pending, leaving }
}
