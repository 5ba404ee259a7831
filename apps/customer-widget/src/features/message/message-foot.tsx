import type { FailedMessage, SessionHandle, TimelineMessage } from '@parley/sdk'
import { Icon, type IconName } from '../../app/icon.tsx'
import { useTexts } from '../../i18n/i18n.tsx'
import { clockTime, exactTime } from '../../i18n/time.ts'
import { fileName, UploadProgress } from '../file/index.ts'
import { failedText, helpsToRetry } from './failed-text.ts'

interface FootProps {
  message: TimelineMessage
  /** To eyes too. */
  seen: boolean
  handle: SessionHandle
}

/** How far it has come. */
export function MessageFoot({ message, seen, handle }: FootProps) {
  const texts = useTexts()
  if (message.state === 'failed') return <Failed message={message} handle={handle} />
  if (message.state !== 'waiting' || !message.uploading) return <Told message={message} seen={seen} />
  const { uploading, clientMessageId } = message
  return (
    <UploadProgress
      name={fileName(texts, message)}
      uploading={uploading}
      cancel={() => handle.discard(clientMessageId)}
    />
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

function Failed({ message, handle }: { message: FailedMessage; handle: SessionHandle }) {
  const texts = useTexts()
  const { clientMessageId } = message
  return (
    <div className="failed">
      <p>
        <Icon name="alert" size={14} />
        {failedText(texts, message)}
      </p>
      {helpsToRetry(message) && (
        <button type="button" onClick={() => handle.retry(clientMessageId)}>
          {texts('message.retry')}
        </button>
      )}
      <button type="button" onClick={() => handle.discard(clientMessageId)}>
        {texts('message.discard')}
      </button>
    </div>
  )
}
