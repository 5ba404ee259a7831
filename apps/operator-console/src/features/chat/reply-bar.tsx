import type { StoredMessage } from '@parley/sdk'
import { useTexts } from '../../i18n/i18n.tsx'
import { IconButton } from '../../ui/button.tsx'
import { QuoteText } from '../message/index.ts'
import './reply-bar.css'

interface ReplyBarProps {
  message: StoredMessage
  name: string
  onEnd: () => void
}

/** What is being answered, above the field. */
export function ReplyBar({ message, name, onEnd }: ReplyBarProps) {
  const texts = useTexts()
  return (
    <div className="reply-bar">
      <span className="unseen">{texts('message.answering')} </span>
      <span className="quote">
        <QuoteText quote={message} name={name} />
      </span>
      <IconButton icon="close" label={texts('message.reply_end')} onClick={onEnd} />
    </div>
  )
}
