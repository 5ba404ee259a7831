import type { ChatHandle, SessionSnapshot, TimelineMessage } from '@parley/sdk'
import { useObservable } from '@parley/sdk/react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice, Skeleton } from '../../ui/notice.tsx'
import { type Sender, Timeline } from '../message/index.ts'
import type { Jumping, Visit } from './use-jump.ts'

interface ChatTimelineProps {
  snapshot: SessionSnapshot
  handle: ChatHandle
  jumping: Jumping
  sender: (message: TimelineMessage) => Sender
}

/** The newest messages, or those around one that is visited. */
export function ChatTimeline({ jumping, ...props }: ChatTimelineProps) {
  const { visit, jump } = jumping
  if (!visit) return <Timeline key="newest" reads jump={jump} {...props} />
  return <Visited key={visit.key} visit={visit} jumping={jumping} {...props} />
}

function Visited({ visit, jumping, ...props }: ChatTimelineProps & { visit: Visit }) {
  const texts = useTexts()
  const { excerpt } = visit
  const snapshot = useObservable(excerpt)
  if (snapshot.loading) return <Skeleton rows={6} label={texts('loading')} />
  if (snapshot.error && snapshot.messages.length === 0) {
    return (
      <Notice icon="alert" title={texts('load_failed')} text={errorText(texts, snapshot.error) ?? undefined}>
        <Button onClick={() => void excerpt.loadNewer()}>{texts('try_again')}</Button>
        <Button onClick={jumping.toNewest}>{texts('message.to_end')}</Button>
      </Notice>
    )
  }
  const past = { snapshot, excerpt, onNewest: jumping.toNewest }
  return <Timeline reads jump={jumping.jump} past={past} {...props} />
}
