import type { FailedMessage, SessionHandle, TimelineMessage } from '@parley/sdk'
import { codeText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { clockTime, exactTime } from '../../i18n/time.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { MessageFile } from './message-file.tsx'
import { MessageText } from './message-text.tsx'
import type { MessageRow } from './timeline-rows.ts'
import './message-bubble.css'

interface BubbleProps {
  row: MessageRow
  /** Who wrote it: told to eyes where it is neither the visitor nor oneself. */
  sender: string
  handle: SessionHandle
}

export function MessageBubble({ row, sender, handle }: BubbleProps) {
  const { message, first, telling } = row
  const side = message.mine ? 'mine' : message.senderType === 'user' ? 'theirs' : 'ours'
  return (
    <article className={`message message-${side}`} data-first={first || undefined} data-state={message.state}>
      {first && side === 'ours' ? (
        <p className="message-sender">
          <bdi>{sender}</bdi>
        </p>
      ) : (
        <span className="unseen">{sender}</span>
      )}
      <div className="message-bubble">
        <Body message={message} />
        {message.state === 'failed' && <Icon name="alert" size={16} />}
      </div>
      {message.state === 'failed' ? (
        <Failed message={message} handle={handle} />
      ) : (
        <Told message={message} seen={telling} />
      )}
    </article>
  )
}

function Body({ message }: { message: TimelineMessage }) {
  const texts = useTexts()
  if ('recalled' in message && message.recalled)
    return <p className="message-recalled">{texts('message.recalled')}</p>
  return (
    <>
      {message.file && <MessageFile file={message.file} />}
      {message.text !== '' && <MessageText text={message.text} />}
    </>
  )
}

const MARKS: Record<'waiting' | 'sent' | 'delivered' | 'read', IconName> = {
  waiting: 'clock',
  sent: 'check',
  delivered: 'checks',
  read: 'checks',
}

/** When, and how far it has come: one small mark for eyes, words for a screen reader. */
function Told({ message, seen }: { message: Exclude<TimelineMessage, FailedMessage>; seen: boolean }) {
  const texts = useTexts()
  const at = Date.parse(message.createdAt)
  const { state } = message
  const words = state === 'received' ? '' : texts(`message.state.${state}`)
  return (
    <p className={seen ? 'message-told numbers' : 'unseen'} title={exactTime(texts, at)}>
      <time dateTime={message.createdAt}>{clockTime(texts, at)}</time>
      {state !== 'received' && (
        <span className="message-mark" data-state={state} title={words}>
          <Icon name={MARKS[state]} size={16} />
          {/* Not by its colour alone. */}
          <span className={state === 'read' ? undefined : 'unseen'}>{words}</span>
        </span>
      )}
    </p>
  )
}

function Failed({ message, handle }: { message: FailedMessage; handle: SessionHandle }) {
  const texts = useTexts()
  return (
    <div className="message-failed">
      <p>{texts('message.failed', { why: codeText(texts, message.code) })}</p>
      <button type="button" onClick={() => handle.retry(message.clientMessageId)}>
        {texts('message.retry')}
      </button>
      <button type="button" onClick={() => handle.discard(message.clientMessageId)}>
        {texts('message.discard')}
      </button>
    </div>
  )
}
