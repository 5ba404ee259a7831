import type { Session } from '@parley/contracts'
import { useChat } from '@parley/sdk/react'
import { useEffect } from 'react'
import { formatRoute, readdress } from '../../app/route.ts'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Notice, Skeleton } from '../../ui/notice.tsx'
import { OpenChat } from './open-chat.tsx'

interface ChatScreenProps {
  sessionId: string
  seq: number | null
}

export function ChatScreen({ sessionId, seq }: ChatScreenProps) {
  const texts = useTexts()
  const { handle, ...snapshot } = useChat(sessionId)
  const { session, messages, loading, error, closed } = snapshot
  useSupportElsewhere(session)
  if (closed) return <Closed title={texts(`group.${closed}`)} text={texts('group.closed')} />
  if (error && messages.length === 0)
    return <Closed title={texts('session.gone')} text={errorText(texts, error) ?? undefined} />
  if (!session || session.type === 'support' || (loading && messages.length === 0))
    return <Skeleton rows={6} label={texts('loading')} />
  return <OpenChat session={session} snapshot={snapshot} handle={handle} seq={seq} />
}

/** A search finds one's support sessions too: they have a place of their own. */
function useSupportElsewhere(session: Session | null): void {
  const { id, type, status } = session ?? {}
  useEffect(() => {
    if (id === undefined || type !== 'support') return
    readdress({ place: 'sessions', view: status === 'ended' ? 'history' : 'all', sessionId: id })
  }, [id, type, status])
}

function Closed({ title, text }: { title: string; text: string | undefined }) {
  const texts = useTexts()
  return (
    <div className="notice-screen" role="status">
      <Notice icon="team" title={title} text={text}>
        <a
          className="button button-plain button-size-m"
          href={formatRoute({ place: 'team', sessionId: null, seq: null })}
        >
          {texts('session.back')}
        </a>
      </Notice>
    </div>
  )
}
