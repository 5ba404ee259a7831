import type { StoredMessage } from '@parley/sdk'
import { useMe } from '@parley/sdk/react'
import { useTexts } from '../../i18n/i18n.tsx'
import type { MessageTools } from './message-tools.ts'
import './message-reactions.css'

/** Each emoji with how many, and who in words; one press adds one's own or takes it back. */
export function MessageReactions({ message, tools }: { message: StoredMessage; tools: MessageTools }) {
  const texts = useTexts()
  const me = useMe()
  const some = Object.entries(message.reactions).filter(([, who]) => who.length > 0)
  if (some.length === 0) return null
  return (
    <ul className="reactions" aria-label={texts('message.reactions')}>
      {some.map(([emoji, who]) => {
        const names = who.map(tools.nameOf).join(', ')
        return (
          <li key={emoji}>
            <button
              type="button"
              className="reaction numbers"
              aria-pressed={me !== null && who.includes(me.id)}
              title={names}
              onClick={() => tools.onReact(message, emoji)}
            >
              <span aria-hidden="true">
                {emoji} {who.length}
              </span>
              <span className="unseen">{texts('message.reacted', { emoji, names })}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
