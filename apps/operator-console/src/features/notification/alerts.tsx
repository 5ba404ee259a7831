import type { Me, Message, Session } from '@parley/contracts'
import { playSound } from '@parley/design/sound'
import { useMe, useParley, useParleyEvent } from '@parley/sdk/react'
import { navigate, type Route, type SessionView, useRoute } from '../../app/route.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import type { Texts } from '../../i18n/translate.ts'
import { usePreferences } from '../account/index.ts'
import { fileWord, useAttended } from '../message/index.ts'
import { nameOf } from '../session/index.ts'
import { notify, withdraw } from './browser-notification.ts'

interface Told {
  readonly session: Session
  readonly title: string
  readonly text: string
  readonly messageId?: string
  readonly to: Route
}

/** Tells of new sessions and of messages in one's own, unless one is looking at them already. */
export function Alerts() {
  const client = useParley()
  const texts = useTexts()
  const me = useMe()
  const route = useRoute()
  const attended = useAttended()
  const [preferences] = usePreferences()
  const open = route.place === 'settings' ? null : route.sessionId

  const alert = ({ session, to, ...note }: Told) => {
    if (attended && open === session.id) return
    if (preferences.sound) playSound()
    if (!preferences.notifications || attended) return
    notify({ ...note, sessionId: session.id, onClick: () => navigate(to) })
  }
  const alertOf = (view: SessionView, session: Session, text: string, messageId?: string) =>
    alert({
      session,
      title: nameOf(texts, session),
      text,
      ...(messageId !== undefined && { messageId }),
      to: { place: 'sessions', view, sessionId: session.id },
    })

  useParleyEvent('message', ({ message, session, live }) => {
    if (!session || !live || message.senderId === me?.id) return
    if (session.type !== 'support') {
      const sender = client.person(message.senderId).getSnapshot()?.name ?? null
      alert(toldOf(texts, session, message, sender))
    } else if (concerns(me, session)) alertOf('mine', session, wordsOf(texts, message), message.id)
  })
  useParleyEvent('recalled', ({ sessionId, messageId }) => withdraw(sessionId, messageId))
  useParleyEvent('assigned', ({ session, operator }) => {
    if (operator.id === me?.id) alertOf('mine', session, texts('notification.assigned'))
  })
  useParleyEvent('listed', ({ list, session, appeared }) => {
    if (list === 'queue' && appeared) alertOf('queue', session, texts('notification.waiting'))
  })
  return null
}

const concerns = (me: Me | null, session: Session) => session.operatorId === me?.id

const wordsOf = (texts: Texts, message: Message): string => message.text || fileWord(texts, message)

/** Of a group its name is the title, and who says it stands before what is said. */
function toldOf(texts: Texts, session: Session, message: Message, sender: string | null): Told {
  const from =
    sender ??
    session.people.find(({ id }) => id === message.senderId)?.name ??
    texts(`message.sender.${message.senderType}`)
  const text = wordsOf(texts, message)
  return {
    session,
    title: session.name ?? from,
    text: session.type === 'group' ? texts('message.announced', { from, text }) : text,
    messageId: message.id,
    to: { place: 'team', sessionId: session.id, seq: null },
  }
}
