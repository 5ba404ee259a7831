import type { Session } from '@parley/contracts'
import { useParleyEvent } from '@parley/sdk/react'
import { useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { nameOf } from './words.ts'

/** Says what comes in, politely: the timeline itself is silent, or loading older messages would be read out. */
export function Announcements({ session }: { session: Session }) {
  const texts = useTexts()
  const [said, setSaid] = useState('')
  useParleyEvent('message', ({ message, live }) => {
    if (!live || message.sessionId !== session.id) return
    const text = message.text || texts('message.file')
    const from =
      message.senderId === session.userId
        ? nameOf(texts, session)
        : texts(`message.sender.${message.senderType}`)
    setSaid(texts('message.announced', { from, text }))
  })
  useParleyEvent('ended', event => {
    if (event.session.id === session.id) setSaid(texts('session.ended'))
  })
  return (
    <p className="unseen" role="status">
      {said}
    </p>
  )
}
