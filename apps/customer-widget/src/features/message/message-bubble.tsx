import { isPicture } from '@parley/design/files'
import { createLongPress } from '@parley/design/long-press'
import type { StoredMessage, TimelineMessage } from '@parley/sdk'
import { useMemo, useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { FileView } from '../file/index.ts'
import { MessageFoot } from './message-foot.tsx'
import { MessageMenu } from './message-menu.tsx'
import { MessageQuote } from './message-quote.tsx'
import { MessageReactions } from './message-reactions.tsx'
import { MessageText } from './message-text.tsx'
import type { MessageTools } from './message-tools.ts'
import type { MessageRow } from './timeline-rows.ts'
import { useRecallable } from './use-recallable.ts'

interface BubbleProps {
  row: MessageRow
  tools: MessageTools
}

export function MessageBubble({ row: { message, first, telling }, tools }: BubbleProps) {
  const { mine, state } = message
  const stored = 'seq' in message && !message.recalled ? message : null
  const recallable = useRecallable(message.createdAt) && mine ? stored : null
  return (
    <article
      id={'seq' in message ? message.id : undefined}
      className={mine ? 'message mine' : 'message'}
      tabIndex={-1}
      data-first={first || undefined}
      data-state={state}
      data-recalled={('recalled' in message && message.recalled) || undefined}
    >
      <p className={first && !mine ? 'sender' : 'unseen'}>
        <bdi>{tools.nameOf(message)}</bdi>
      </p>
      <Line message={message} recallable={recallable} tools={tools} />
      {stored && <MessageReactions message={stored} isOver={tools.isOver} />}
      <MessageFoot message={message} seen={telling} handle={tools.handle} />
    </article>
  )
}

interface LineProps {
  message: TimelineMessage
  recallable: StoredMessage | null
  tools: MessageTools
}

/** The bubble, and beside it what can be done with it. */
function Line({ message, recallable, tools }: LineProps) {
  const [isOpen, setOpen] = useState(false)
  const press = useMemo(() => createLongPress(() => setOpen(true)), [])
  return (
    <div className="line">
      {recallable && (
        <MessageMenu isOpen={isOpen} setOpen={setOpen} recall={() => tools.recall(recallable.id)} />
      )}
      <div className="bubble" data-picture={isPicture(message) || undefined} {...(recallable && press)}>
        <Body message={message} tools={tools} />
      </div>
    </div>
  )
}

function Body({ message, tools }: { message: TimelineMessage; tools: MessageTools }) {
  const texts = useTexts()
  if ('recalled' in message && message.recalled) return texts('message.recalled')
  return (
    <>
      {message.replyTo && <MessageQuote replyTo={message.replyTo} quote={message.quote} tools={tools} />}
      {message.file && <FileView message={message} />}
      {message.text !== '' && <MessageText text={message.text} />}
    </>
  )
}
