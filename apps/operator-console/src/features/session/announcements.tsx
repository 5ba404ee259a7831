import type { Message } from '@parley/contracts'
import { useParleyEvent } from '@parley/sdk/react'
import { useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { fileWord } from '../message/index.ts'

interface AnnouncementsProps {
  sessionId: string
  /** What the sender of a message is called. */
  nameOf: (message: Message) => string
}

/** Says what comes in, politely: the timeline itself is silent, or loading older messages would be read out. */
export function Announcements({ sessionId, nameOf }: AnnouncementsProps) {
  const texts = useTexts()
  const [said, setSaid] = useState('')
  useParleyEvent('message', ({ message, live }) => {
    if (!live || message.sessionId !== sessionId) return
    const text = message.text || fileWord(texts, message)
    setSaid(texts('message.announced', { from: nameOf(message), text }))
  })
  useParleyEvent('recalled', event => {
    if (event.sessionId === sessionId) setSaid('')
  })
  useParleyEvent('ended', event => {
    if (event.session.id === sessionId) setSaid(texts('session.ended'))
  })
  return (
    <p className="unseen" role="status">
      {said}
    </p>
  )
}
