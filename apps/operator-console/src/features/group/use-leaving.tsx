import type { Session } from '@parley/contracts'
import type { ChatHandle } from '@parley/sdk'
import { useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { useAction } from '../../ui/use-action.ts'

export function useLeaving(session: Session, handle: ChatHandle, onLeft: () => void) {
  const texts = useTexts()
  const [open, setOpen] = useState(false)
  const leave = useAction(async () => {
    await handle.leave()
    onLeft()
  })
  const asking = (
    <Confirm
      open={open}
      onClose={() => setOpen(false)}
      title={texts('group.leave_title', { name: session.name ?? '' })}
      description={texts('group.leave_text')}
      action={texts('group.leave')}
      pending={leave.pending}
      error={errorText(texts, leave.error)}
      onConfirm={() => void leave.run()}
    />
  )
  const ask = () => {
    leave.reset()
    setOpen(true)
  }
  return { ask, asking }
}
