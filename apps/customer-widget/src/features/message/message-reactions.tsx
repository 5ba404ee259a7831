import type { StoredMessage } from '@parley/sdk'
import { useMe, useVisitor } from '@parley/sdk/react'
import { useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'

interface MessageReactionsProps {
  message: StoredMessage
  /** Nothing can be added any more. */
  isOver: boolean
}

/** Each emoji with how many; one press joins in, or takes it back. */
export function MessageReactions({ message: { id, reactions }, isOver }: MessageReactionsProps) {
  const texts = useTexts()
  const client = useVisitor()
  const me = useMe()
  const [busy, setBusy] = useState(false)
  const some = Object.entries(reactions).filter(([, who]) => who.length > 0)
  if (some.length === 0) return null
  const react = async (emoji: string) => {
    setBusy(true)
    // Refused or out of reach: it stays as it is shown.
    await client.call('message.react', { messageId: id, emoji }).catch(() => undefined)
    setBusy(false)
  }
  return (
    <ul className="reactions" aria-label={texts('message.reactions')}>
      {some.map(([emoji, who]) => (
        <li key={emoji}>
          <button
            type="button"
            className="numbers"
            aria-pressed={who.includes(me?.id ?? '')}
            aria-label={texts('message.reacted', { emoji, n: who.length })}
            aria-disabled={busy || isOver}
            onClick={() => {
              if (!busy && !isOver) void react(emoji)
            }}
          >
            {emoji} {who.length}
          </button>
        </li>
      ))}
    </ul>
  )
}
