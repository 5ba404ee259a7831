import type { Session } from '@parley/contracts'
import type { SessionHandle, SessionSnapshot } from '@parley/sdk'
import { useLeaveGuard, useMe, useObservable, useParley } from '@parley/sdk/react'
import { useRef, useState } from 'react'
import { navigate, type SessionView } from '../../app/route.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useAction } from '../../ui/use-action.ts'
import { FileDrop, useAttachments } from '../file/index.ts'
import { Timeline, useDrafts } from '../message/index.ts'
import { TransferDialog } from '../operator/index.ts'
import { TypingLine } from '../typing/index.ts'
import { Announcements } from './announcements.tsx'
import { usePendingEnds } from './pending-ends-context.tsx'
import { SessionFoot } from './session-foot.tsx'
import { SessionHead } from './session-head.tsx'
import { useAccess } from './use-access.ts'
import { useArrival } from './use-arrival.ts'
import { usePresence } from './use-presence.ts'
import { useSender } from './use-sender.ts'
import { useWriterNames } from './use-writer-names.ts'
import { type EndReason, nameOf } from './words.ts'

interface OpenSessionProps {
  session: Session
  snapshot: SessionSnapshot
  handle: SessionHandle
  view: SessionView
}

export function OpenSession({ session, snapshot, handle, view }: OpenSessionProps) {
  const texts = useTexts()
  const toast = useToast()
  const access = useAccess(session)
  const here = usePresence(session.id, session.userId)
  const sender = useSender(session)
  const attachments = useAttachments(useDrafts().files, session.id)
  const typingNames = useWriterNames(snapshot.typing, session)
  const take = useTake(session.id)
  const { ending, end } = useEnding(session)
  const [menuOpen, setMenuOpen] = useState(false)
  const [transferring, setTransferring] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const name = nameOf(texts, session)
  useArrival(heading, access.canWrite)
  useLeaveGuard(snapshot.messages)
  useShortcuts({
    ...(access.canEnd && !ending && { end: () => setMenuOpen(true) }),
    ...(access.canTransfer && { transfer: () => setTransferring(true) }),
  })

  return (
    <section className="session-screen" aria-label={name}>
      <FileDrop onDrop={access.canWrite ? attachments.add : null}>
        <SessionHead
          session={session}
          access={access}
          here={here}
          ending={ending}
          taking={take.pending}
          menuOpen={menuOpen}
          onMenuOpenChange={setMenuOpen}
          onBack={() => navigate({ place: 'sessions', view, sessionId: null })}
          onTake={() => void take.run()}
          onTransfer={() => setTransferring(true)}
          onEnd={end}
          headingRef={heading}
        />
        <Timeline snapshot={snapshot} handle={handle} reads={access.mine} sender={sender} />
        <TypingLine names={typingNames} />
        <SessionFoot session={session} handle={handle} access={access} attachments={attachments} />
      </FileDrop>
      <Announcements
        sessionId={session.id}
        nameOf={({ senderId, senderType }) =>
          senderId === session.userId ? name : texts(`message.sender.${senderType}`)
        }
      />
      {transferring && (
        <TransferDialog
          session={session}
          onClose={() => setTransferring(false)}
          onDone={to => {
            setTransferring(false)
            toast(texts('session.transferred', { name, to }))
          }}
        />
      )}
    </section>
  )
}

/** Assigns the session to oneself; it is then found under "mine". */
function useTake(sessionId: string) {
  const client = useParley()
  const texts = useTexts()
  const toast = useToast()
  const me = useMe()
  return useAction(
    async () => {
      if (!me) return
      await client.call('operator.assign', { sessionId, operatorId: me.id })
      navigate({ place: 'sessions', view: 'mine', sessionId })
    },
    error => toast(texts('session.take_failed', { why: errorText(texts, error) ?? '' }), 'problem'),
  )
}

function useEnding(session: Session) {
  const texts = useTexts()
  const ends = usePendingEnds()
  const pending = useObservable(ends)
  const ending = pending.some(end => end.sessionId === session.id && end.state !== 'failed')
  const end = (reason: EndReason) =>
    ends.schedule({ sessionId: session.id, name: nameOf(texts, session), reason })
  return { ending, end }
}
