import type { Me, Message, Session } from '@parley/contracts'
import { playSound } from '@parley/design/sound'
import { useMe, useParleyEvent } from '@parley/sdk/react'
import { navigate, type SessionView, useRoute } from '../../app/route.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { usePreferences } from '../account/index.ts'
import { useAttended } from '../message/index.ts'
import { nameOf } from '../session/index.ts'
import { notify } from './browser-notification.ts'

/** Tells of new sessions and of messages in one's own, unless one is looking at them already. */
export function Alerts() {
  const texts = useTexts()
  const me = useMe()
  const route = useRoute()
  const attended = useAttended()
  const [preferences] = usePreferences()
  const open = route.place === 'sessions' ? route.sessionId : null

  const alert = (view: SessionView, session: Session, text: string) => {
    if (attended && open === session.id) return
    if (preferences.sound) playSound()
    if (!preferences.notifications || attended) return
    const onClick = () => navigate({ place: 'sessions', view, sessionId: session.id })
    notify({ title: nameOf(texts, session), text, sessionId: session.id, onClick })
  }

  useParleyEvent('message', ({ message, session, live }) => {
    if (session && live && concerns(me, session, message))
      alert('mine', session, message.text || texts('message.file'))
  })
  useParleyEvent('assigned', ({ session, operator }) => {
    if (operator.id === me?.id) alert('mine', session, texts('notification.assigned'))
  })
  useParleyEvent('listed', ({ list, session, appeared }) => {
    if (list === 'queue' && appeared) alert('queue', session, texts('notification.waiting'))
  })
  return null
}

const concerns = (me: Me | null, session: Session, message: Message) =>
  session.operatorId === me?.id && message.senderId !== me?.id
