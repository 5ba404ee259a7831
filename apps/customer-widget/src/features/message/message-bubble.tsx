import type { FailedMessage, SessionHandle, TimelineMessage } from '@parley/sdk'
import { Icon, type IconName } from '../../app/icon.tsx'
import { useTexts } from '../../i18n/i18n.tsx'
import { clockTime, exactTime } from '../../i18n/time.ts'
import { MessageText } from './message-text.tsx'
import type { MessageRow } from './timeline-rows.ts'

interface BubbleProps {
  row: MessageRow
  sender: string
  handle: SessionHandle
}

export function MessageBubble({ row: { message, first, telling }, sender, handle }: BubbleProps) {
  const { mine, state } = message
  return (
    <article className={mine ? 'message mine' : 'message'} data-first={first || undefined} data-state={state}>
      <p className={first && !mine ? 'sender' : 'unseen'}>
        <bdi>{sender}</bdi>
      </p>
      <div className="bubble">
        <Body message={message} />
      </div>
      {state === 'failed' ? (
        <Failed message={message} handle={handle} />
      ) : (
        <Told message={message} seen={telling} />
      )}
    </article>
  )
}

function Body({ message }: { message: TimelineMessage }) {
  const texts = useTexts()
  const { file, text } = message
  if ('recalled' in message && message.recalled)
    return <p className="recalled">{texts('message.recalled')}</p>
  return (
    <>
      {file && (
        <a href={file.url} target="_blank" rel="noopener noreferrer nofollow">
          {file.name ?? texts('message.file')}
        </a>
      )}
      {text !== '' && <MessageText text={text} />}
    </>
  )
}

const MARKS: Readonly<Record<'waiting' | 'sent' | 'delivered' | 'read', IconName>> = {
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
  return (
    <p className={seen ? 'told numbers' : 'unseen'} title={exactTime(texts, at)}>
      <time dateTime={message.createdAt}>{clockTime(texts, at)}</time>
      {state !== 'received' && (
        <span className="mark" title={texts(`message.state.${state}`)}>
          <Icon name={MARKS[state]} size={14} />
          {/* Not by its colour alone. */}
          <span className={state === 'read' ? undefined : 'unseen'}>{texts(`message.state.${state}`)}</span>
        </span>
      )}
    </p>
  )
}

const REASONS = ['stale', 'session_ended', 'validation_failed'] as const

function Failed({ message, handle }: { message: FailedMessage; handle: SessionHandle }) {
  const texts = useTexts()
  const { clientMessageId } = message
  const reason = REASONS.find(code => code === message.code) ?? 'other'
  return (
    <div className="failed">
      <p>
        <Icon name="alert" size={14} />
        {texts(`message.failed.${reason}`)}
      </p>
      <button type="button" onClick={() => handle.retry(clientMessageId)}>
        {texts('message.retry')}
      </button>
      <button type="button" onClick={() => handle.discard(clientMessageId)}>
        {texts('message.discard')}
      </button>
    </div>
  )
}
