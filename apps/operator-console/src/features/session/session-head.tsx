import type { Session } from '@parley/contracts'
import type { RefObject } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { dayAndTime, exactTime } from '../../i18n/time.ts'
import { useMinutes } from '../../i18n/use-now.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { EndMenu } from './end-menu.tsx'
import { Waiting } from './session-row.tsx'
import type { Access } from './use-access.ts'
import { type EndReason, nameOf, pageOf, waitingSince } from './words.ts'
import './session-head.css'

interface HeadProps {
  session: Session
  access: Access
  here: boolean | null
  ending: boolean
  taking: boolean
  menuOpen: boolean
  onMenuOpenChange: (open: boolean) => void
  onBack: () => void
  onTake: () => void
  onTransfer: () => void
  onEnd: (reason: EndReason) => void
  headingRef: RefObject<HTMLHeadingElement | null>
}

export function SessionHead({ session, access, headingRef, ...props }: HeadProps) {
  const texts = useTexts()
  const name = nameOf(texts, session)
  return (
    <header className="session-head">
      <IconButton className="session-back" icon="back" label={texts('session.back')} onClick={props.onBack} />
      <Avatar name={name} />
      <div className="session-who">
        <h2 ref={headingRef} tabIndex={-1}>
          <bdi>{name}</bdi>
        </h2>
        <p>
          <State session={session} mine={access.mine} here={props.here} />
        </p>
      </div>
      <div className="session-actions">
        {access.canTake && (
          <Button look="primary" className="session-action" pending={props.taking} onClick={props.onTake}>
            <Icon name="take" size={16} />
            <span className="session-action-name">
              {texts(session.status === 'waiting' ? 'session.take' : 'session.take_over')}
            </span>
          </Button>
        )}
        {access.canTransfer && (
          <Button
            className="session-action"
            aria-keyshortcuts="t"
            title={texts('session.transfer_key')}
            onClick={props.onTransfer}
          >
            <Icon name="transfer" size={16} />
            <span className="session-action-name">{texts('session.transfer')}</span>
          </Button>
        )}
        {access.canEnd && !props.ending && (
          <EndMenu open={props.menuOpen} onOpenChange={props.onMenuOpenChange} onEnd={props.onEnd} />
        )}
      </div>
    </header>
  )
}

/** One line: what is the case, since when, from where. */
function State({ session, mine, here }: { session: Session; mine: boolean; here: boolean | null }) {
  const texts = useTexts()
  const now = useMinutes()
  const page = pageOf(session)
  const parts = [
    session.operator &&
      !mine &&
      session.status === 'active' &&
      texts('session.with', { name: session.operator.name }),
    session.status === 'ended' &&
      session.endedAt &&
      texts('session.ended_at', { at: dayAndTime(texts, Date.parse(session.endedAt), now) }),
    here === false && session.status !== 'ended' && texts('session.away'),
    here === true && texts('session.here'),
    session.subject,
    page && texts('session.from', { page }),
  ].filter(part => typeof part === 'string' && part !== '')
  return (
    <span title={exactTime(texts, Date.parse(session.createdAt))}>
      {session.status === 'waiting' && (
        <>
          {texts('session.waiting')} <Waiting since={waitingSince(session)} />
          {parts.length > 0 && ' · '}
        </>
      )}
      {parts.join(' · ')}
    </span>
  )
}
