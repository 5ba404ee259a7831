import type { ChatHandle, StoredMessage } from '@parley/sdk'
import { ParleyError } from '@parley/sdk'
import { useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { useAction } from '../../ui/use-action.ts'
import type { Removal } from '../message/index.ts'

interface Asked {
  readonly messageId: string
  readonly how: Removal
}

/** Takes a message from everyone, after asking once. Too late for a recall, it can still be deleted. */
export function useRemoval(handle: ChatHandle) {
  const texts = useTexts()
  const [asked, setAsked] = useState<Asked | null>(null)
  const remove = useAction(async ({ messageId, how }: Asked) => {
    try {
      await handle[how](messageId)
    } catch (error) {
      const isLate = error instanceof ParleyError && error.code === 'recall_window_passed'
      if (isLate) setAsked({ messageId, how: 'delete' })
      throw error
    }
    setAsked(null)
  })
  const ask = ({ id }: StoredMessage, how: Removal) => {
    remove.reset()
    setAsked({ messageId: id, how })
  }
  const asking = asked && (
    <Confirm
      open
      onClose={() => setAsked(null)}
      title={texts(`message.${asked.how}_title`)}
      description={texts(`message.${asked.how}_text`)}
      action={texts(`message.${asked.how}`)}
      pending={remove.pending}
      error={errorText(texts, remove.error)}
      onConfirm={() => void remove.run(asked)}
    />
  )
  return { ask, asking }
}
