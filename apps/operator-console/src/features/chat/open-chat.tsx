import type { Session } from '@parley/contracts'
import type { ChatHandle, SessionSnapshot, StoredMessage, TimelineMessage } from '@parley/sdk'
import { useLeaveGuard, useMe } from '@parley/sdk/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { readdress } from '../../app/route.ts'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { useToast } from '../../ui/toast.tsx'
import { FileDrop, useAttachments } from '../file/index.ts'
import { GroupDialog } from '../group/index.ts'
import {
  Composer,
  focusComposer,
  type MessageTools,
  MessageToolsContext,
  useDrafts,
} from '../message/index.ts'
import { type Persons, usePersons } from '../person/index.ts'
import { Announcements, useArrival } from '../session/index.ts'
import { useWidgetSettings } from '../site/index.ts'
import { TypingLine } from '../typing/index.ts'
import { ChatHead } from './chat-head.tsx'
import { ChatTimeline } from './chat-timeline.tsx'
import { ForwardDialog } from './forward-dialog.tsx'
import { ReplyBar } from './reply-bar.tsx'
import { useJump } from './use-jump.ts'
import { useRemoval } from './use-removal.tsx'
import { useReply } from './use-reply.ts'
import { useChatName } from './words.ts'

interface OpenChatProps {
  session: Session
  snapshot: SessionSnapshot
  handle: ChatHandle
  /** The message to go to. */
  seq: number | null
}

export function OpenChat({ session, snapshot, handle, seq }: OpenChatProps) {
  const texts = useTexts()
  const toast = useToast()
  const complain = (error: unknown) => toast(errorText(texts, error) ?? '', 'problem')
  const me = useMe()
  const widget = useWidgetSettings()
  const { name, otherId } = useChatName(session)
  const persons = useWhoIsSeen(session, snapshot)
  const attachments = useAttachments(useDrafts().files, session.id)
  const { answered, answer } = useReply(session.id, snapshot)
  const jumping = useJump(handle, snapshot, seq)
  const removal = useRemoval(handle)
  const [forwarding, setForwarding] = useState<StoredMessage | null>(null)
  const [showsGroup, setShowsGroup] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useArrival(heading, true)
  useLeaveGuard(snapshot.messages)
  useConsumedAddress(session.id, seq)

  const nameOf = (userId: string) => (userId === me?.id ? texts('message.me') : persons.name(userId))
  const sender = ({ mine, senderId }: TimelineMessage) =>
    mine
      ? { name: texts('message.me'), avatar: null }
      : { name: persons.name(senderId), avatar: persons.card(senderId)?.avatar ?? null }
  const tools: MessageTools = {
    session,
    handle,
    nameOf,
    onReact: (message, emoji) => void handle.react(message.id, emoji).catch(complain),
    onReply(message) {
      answer(message)
      focusComposer()
    },
    onForward: setForwarding,
    onRemove: removal.ask,
    onQuote: id =>
      void jumping
        .toMessage(id)
        .then(found => found || toast(texts('message.too_far'), 'problem'))
        .catch(complain),
  }

  return (
    <section className="session-screen" aria-label={name}>
      <FileDrop onDrop={attachments.add}>
        <ChatHead
          session={session}
          name={name}
          otherId={otherId}
          headingRef={heading}
          onMembers={() => setShowsGroup(true)}
        />
        <MessageToolsContext value={tools}>
          <ChatTimeline snapshot={snapshot} handle={handle} jumping={jumping} sender={sender} />
        </MessageToolsContext>
        <TypingLine names={snapshot.typing.map(({ userId }) => persons.name(userId))} />
        <Composer
          sessionId={session.id}
          handle={handle}
          maxLength={widget?.messageMaxLength ?? null}
          label={texts('message.write_to', { name })}
          attachments={attachments}
          replyTo={answered?.id ?? null}
          onSent={() => {
            answer(null)
            jumping.toNewest()
          }}
        >
          {answered && (
            <ReplyBar message={answered} name={nameOf(answered.senderId)} onEnd={() => answer(null)} />
          )}
        </Composer>
      </FileDrop>
      <Announcements sessionId={session.id} nameOf={({ senderId }) => persons.name(senderId)} />
      {removal.asking}
      {forwarding && (
        <ForwardDialog
          message={forwarding}
          handle={handle}
          onClose={() => setForwarding(null)}
          onDone={n => {
            setForwarding(null)
            toast(texts('message.forwarded_to', { n }))
          }}
        />
      )}
      {showsGroup && <GroupDialog session={session} handle={handle} onClose={() => setShowsGroup(false)} />}
    </section>
  )
}

/** Who wrote, writes or reacted. */
function useWhoIsSeen({ people }: Session, { messages, typing }: SessionSnapshot): Persons {
  const ids = useMemo(() => {
    const seen = messages.flatMap(message => [
      message.senderId,
      ...(message.quote ? [message.quote.senderId] : []),
      ...('reactions' in message ? Object.values(message.reactions).flat() : []),
    ])
    return new Set([...seen, ...typing.map(({ userId }) => userId)].filter(id => id !== ''))
  }, [messages, typing])
  return usePersons(ids, people)
}

/** An address that leads to a message has done its work once it was read: the next one may be the same. */
function useConsumedAddress(sessionId: string, seq: number | null): void {
  useEffect(() => {
    if (seq !== null) readdress({ place: 'team', sessionId, seq: null })
  }, [sessionId, seq])
}
