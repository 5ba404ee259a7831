import type { SessionHandle } from '@parley/sdk'
import { useMe, useSession } from '@parley/sdk/react'
import { useState } from 'react'
import { usePage } from '../../app/host-context.tsx'
import { useTexts } from '../../i18n/i18n.tsx'
import { Timeline } from '../message/index.ts'
import { Announcements } from '../notification/index.ts'
import type { Chat } from './chat.ts'
import { Composer } from './composer.tsx'
import { ConnectionBar } from './connection-bar.tsx'
import { Ended, EndQuestion } from './end.tsx'
import { Greeting } from './greeting.tsx'
import { Header } from './header.tsx'
import { QueueNote } from './queue-note.tsx'
import { useSomebodyHere } from './somebody-here.ts'
import './session.css'

/** One session, or the place where it begins. */
export function ChatScreen({ chat, handle }: { chat: Chat; handle: SessionHandle }) {
  const texts = useTexts()
  const { open } = usePage()
  const me = useMe()
  const snapshot = useSession(handle)
  const { session, messages, error } = snapshot
  const [asking, setAsking] = useState(false)
  const [draft, setDraft] = useState<string | null>(null)
  const status = session?.status ?? 'none'
  const here = useSomebodyHere(open && status !== 'active')
  const isOver = status === 'ended' || error !== null
  const startNew = () => {
    setAsking(false)
    setDraft(chat.startNew())
  }

  return (
    <main className="chat">
      <Header session={session} here={here} end={session && !isOver ? () => setAsking(true) : null} />
      <ConnectionBar messages={messages} />
      {status === 'waiting' && session && <QueueNote session={session} here={here} />}
      {status === 'none' && messages.length === 0 && !error && !snapshot.loading ? (
        <Greeting here={here} />
      ) : (
        <Timeline snapshot={snapshot} handle={handle} me={me} reads={open} />
      )}
      {asking && !isOver && <EndQuestion handle={handle} done={() => setAsking(false)} />}
      {isOver ? (
        <Ended session={session} me={me} startNew={startNew} />
      ) : (
        <Composer handle={handle} send={chat.send} given={draft} />
      )}
      <Announcements session={session} />
      {error && <span className="unseen">{texts('session.failed')}</span>}
    </main>
  )
}
