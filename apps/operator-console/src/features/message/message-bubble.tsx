import { isPicture } from '@parley/design/files'
import type { FailedMessage, SessionHandle, TimelineMessage } from '@parley/sdk'
import { useState } from 'react'
import { codeText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { clockTime, exactTime } from '../../i18n/time.ts'
import type { Texts } from '../../i18n/translate.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { FileView, UploadProgress } from '../file/index.ts'
import { MessageMenu } from './message-menu.tsx'
import { MessageQuote } from './message-quote.tsx'
import { MessageReactions } from './message-reactions.tsx'
import { MessageText } from './message-text.tsx'
import { type MessageTools, useMessageTools } from './message-tools.ts'
import { ReadBy } from './read-by.tsx'
import type { MessageRow } from './timeline-rows.ts'
import { useLongPress } from './use-long-press.ts'
import './message-bubble.css'

export interface Sender {
  readonly name: string
  readonly avatar: string | null
}

interface BubbleProps {
  row: MessageRow
  /** Who wrote it: told to eyes where it is neither clear from the side nor oneself. */
  sender: Sender
  handle: SessionHandle
}

export function MessageBubble({ row, sender, handle }: BubbleProps) {
  const { message, first, telling } = row
  const tools = useMessageTools()
  const [menuOpen, setMenuOpen] = useState(false)
  const stored = 'seq' in message && !message.recalled ? message : null
  const press = useLongPress(tools && stored ? () => setMenuOpen(true) : null)
  const side = sideOf(message, tools)
  const inGroup = tools?.session.type === 'group' && !message.mine
  return (
    <article
      className={`message message-${side}`}
      data-first={first || undefined}
      data-state={message.state}
      data-faces={inGroup || undefined}
    >
      {inGroup && first && <Avatar name={sender.name} picture={sender.avatar} size={28} />}
      {first && (side === 'ours' || inGroup) ? (
        <p className="message-sender">
          <bdi>{sender.name}</bdi>
        </p>
      ) : (
        <span className="unseen">{sender.name}</span>
      )}
      <div className="message-line">
        <div className="message-bubble" data-picture={isPicture(message) || undefined} {...press}>
          <Body message={message} tools={tools} />
          {message.state === 'failed' && <Icon name="alert" size={16} />}
        </div>
        {tools && stored && (
          <MessageMenu message={stored} tools={tools} open={menuOpen} onOpenChange={setMenuOpen} />
        )}
      </div>
      {tools && stored && <MessageReactions message={stored} tools={tools} />}
      <Foot message={message} telling={telling} handle={handle} />
    </article>
  )
}

/** In a chat everybody else is on one side; in a support session colleagues are on one's own. */
function sideOf(message: TimelineMessage, tools: MessageTools | null) {
  if (message.mine) return 'mine'
  return tools || message.senderType === 'user' ? 'theirs' : 'ours'
}

function Body({ message, tools }: { message: TimelineMessage; tools: MessageTools | null }) {
  const texts = useTexts()
  if ('recalled' in message && message.recalled)
    return <p className="message-recalled">{texts('message.recalled')}</p>
  const { replyTo, quote } = message
  const forwarded = 'forwardedFrom' in message && message.forwardedFrom !== null
  return (
    <>
      {forwarded && <p className="message-forwarded">{texts('message.forwarded')}</p>}
      {tools && replyTo !== null && (
        <MessageQuote
          quote={quote}
          name={quote && tools.nameOf(quote.senderId)}
          onGo={() => tools.onQuote(replyTo)}
        />
      )}
      {message.file && <FileView message={message} file={message.file} />}
      {message.text !== '' && <MessageText text={message.text} />}
    </>
  )
}

interface FootProps {
  message: TimelineMessage
  telling: boolean
  handle: SessionHandle
}

/** How far it has come. */
function Foot({ message, telling, handle }: FootProps) {
  if (message.state === 'failed') return <Failed message={message} handle={handle} />
  if (message.state === 'waiting' && message.uploading) {
    const { uploading, clientMessageId } = message
    return <UploadProgress uploading={uploading} onCancel={() => handle.discard(clientMessageId)} />
  }
  return <Told message={message} seen={telling} />
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
  const tools = useMessageTools()
  const at = Date.parse(message.createdAt)
  const { state } = message
  const words = state === 'received' ? '' : texts(`message.state.${state}`)
  const counted = tools?.session.type === 'group' && message.mine && 'seq' in message && !message.recalled
  return (
    <div className={seen ? 'message-told numbers' : 'unseen'} title={exactTime(texts, at)}>
      <time dateTime={message.createdAt}>{clockTime(texts, at)}</time>
      {state !== 'received' && (
        <span className="message-mark" data-state={state} title={words}>
          <Icon name={MARKS[state]} size={16} />
          {/* Not by its colour alone. */}
          <span className={state === 'read' && !counted ? undefined : 'unseen'}>{words}</span>
        </span>
      )}
      {seen && counted && <ReadBy message={message} tools={tools} />}
    </div>
  )
}

function Failed({ message, handle }: { message: FailedMessage; handle: SessionHandle }) {
  const texts = useTexts()
  return (
    <div className="message-failed">
      <p>{texts('message.failed', { why: whyFailed(texts, message) })}</p>
      <button type="button" onClick={() => handle.retry(message.clientMessageId)}>
        {texts('message.retry')}
      </button>
      <button type="button" onClick={() => handle.discard(message.clientMessageId)}>
        {texts('message.discard')}
      </button>
    </div>
  )
}

const whyFailed = (texts: Texts, { code, file }: FailedMessage): string =>
  file && code === 'payload_too_large' ? texts('file.too_large') : codeText(texts, code)
