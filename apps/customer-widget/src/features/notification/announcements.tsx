import type { Session } from '@parley/contracts'
import { useMe, useParleyEvent } from '@parley/sdk/react'
import { useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { operatorName } from '../../i18n/operator-name.ts'

/** Says what comes in, politely: the timeline itself is silent, or loading older messages would be read out. */
export function Announcements({ session }: { session: Session | null }) {
  const texts = useTexts()
  const me = useMe()
  const [said, setSaid] = useState('')
  const name = session?.operator ? operatorName(texts, session.operator) : texts('message.support')
  useParleyEvent('message', ({ message, live }) => {
    if (!live || message.sessionId !== session?.id || message.senderId === me?.id) return
    setSaid(texts('message.announced', { name, text: message.text || texts('message.file') }))
  })
  useParleyEvent('assigned', ({ operator }) =>
    setSaid(texts('session.joined', { name: operatorName(texts, operator) })),
  )
  useParleyEvent('ended', () => setSaid(texts('session.ended')))
  return (
    <p className="unseen" role="status">
      {said}
    </p>
  )
}
