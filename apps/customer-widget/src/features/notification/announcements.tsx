import type { Session } from '@parley/contracts'
import type { TimelineMessage } from '@parley/sdk'
import { useMe, useParleyEvent } from '@parley/sdk/react'
import { useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { operatorName } from '../../i18n/operator-name.ts'
import { fileName } from '../file/index.ts'
import { isRecalled } from './recalled.ts'
import { useUploadNews } from './use-upload-news.ts'

interface AnnouncementsProps {
  session: Session | null
  messages: readonly TimelineMessage[]
}

interface Said {
  readonly words: string
  /** Whose text it is. */
  readonly messageId?: string
}

/** Says what comes in, politely: the timeline itself is silent, or loading older messages would be read out. */
export function Announcements({ session, messages }: AnnouncementsProps) {
  const texts = useTexts()
  const me = useMe()
  const [{ words, messageId }, setSaid] = useState<Said>({ words: '' })
  const name = session?.operator ? operatorName(texts, session.operator) : texts('message.support')
  useParleyEvent('message', ({ message, live }) => {
    if (!live || message.sessionId !== session?.id || message.senderId === me?.id) return
    const text = message.text || fileName(texts, message)
    setSaid({ words: texts('message.announced', { name, text }), messageId: message.id })
  })
  useParleyEvent('assigned', ({ operator }) =>
    setSaid({ words: texts('session.joined', { name: operatorName(texts, operator) }) }),
  )
  useParleyEvent('ended', () => setSaid({ words: texts('session.ended') }))
  useUploadNews(messages, news => setSaid({ words: news }))
  return (
    <p className="unseen" role="status">
      {messages.some(message => isRecalled(message) && message.id === messageId) ? '' : words}
    </p>
  )
}
