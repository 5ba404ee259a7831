import type { SessionHandle } from '@parley/sdk'
import { useLeaveGuard, useMe, useSession } from '@parley/sdk/react'
import { useState } from 'react'
import { usePage } from '../../app/host-context.tsx'
import { useTexts } from '../../i18n/i18n.tsx'
import { FileDrop } from '../file/index.ts'
import { Timeline } from '../message/index.ts'
import { Announcements } from '../notification/index.ts'
import type { Chat } from './chat.ts'
import { Composer } from './composer.tsx'
import { ConnectionBar } from './connection-bar.tsx'
import { Ended, EndQuestion } from './end.tsx'
import { Greeting } from './greeting.tsx'
import { Header } from './header.tsx'
import { QueueNote } from './queue-note.tsx'
import { RecallQuestion } from './recall.tsx'
import { useSomebodyHere } from './somebody-here.ts'
import './session.css'

/** One session, or the place where it begins. */
export function ChatScreen({ chat, handle }: { chat: Chat; handle: SessionHandle }) {
  const texts = useTexts()
  const { open } = usePage()
  const me = useMe()
  const snapshot = useSession(handle)
  const { session, messages, error } = snapshot
  const [asking, setAsking] = useState<'end' | { readonly messageId: string } | null>(null)
  const [draft, setDraft] = useState<string | null>(null)
  const status = session?.status ?? 'none'
  const here = useSomebodyHere(open && status !== 'active')
  const isOver = status === 'ended' || error !== null
  useLeaveGuard(messages)
  const asked = () => setAsking(null)
  const startNew = () => {
    asked()
    setDraft(chat.startNew())
  }

  return (
    <FileDrop drop={isOver ? null : chat.sendFiles}>
      <Header session={session} here={here} end={session && !isOver ? () => setAsking('end') : null} />
      <ConnectionBar messages={messages} />
      {status === 'waiting' && session && <QueueNote session={session} here={here} />}
      {status === 'none' && messages.length === 0 && !error && !snapshot.loading ? (
        <Greeting here={here} />
      ) : (
        <Timeline
          snapshot={snapshot}
          handle={handle}
          reads={open}
          recall={messageId => setAsking({ messageId })}
        />
      )}
      {asking === 'end'
        ? !isOver && <EndQuestion handle={handle} done={asked} />
        : asking && <RecallQuestion key={asking.messageId} messageId={asking.messageId} done={asked} />}
      {isOver ? (
        <Ended session={session} me={me} startNew={startNew} />
      ) : (
        <Composer handle={handle} send={chat.send} sendFiles={chat.sendFiles} given={draft} />
      )}
      <Announcements session={session} messages={messages} />
      {error && <span className="unseen">{texts('session.failed')}</span>}
    </FileDrop>
  )
}
