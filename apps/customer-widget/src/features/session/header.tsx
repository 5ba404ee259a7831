import type { Session } from '@parley/contracts'
import { visibleName } from '@parley/design/names'
import { useParleyEvent } from '@parley/sdk/react'
import { useState } from 'react'
import { useHost, usePage } from '../../app/host-context.tsx'
import { Icon } from '../../app/icon.tsx'
import { useTexts } from '../../i18n/i18n.tsx'
import { Avatar } from './avatar.tsx'
import { ChatMenu } from './menu.tsx'

interface HeaderProps {
  session: Session | null
  /** Is any operator online? */
  here: boolean
  /** `null`: there is nothing to end. */
  end: (() => void) | null
}

/** Who answers, and whether anybody is there. */
export function Header({ session, here, end }: HeaderProps) {
  const texts = useTexts()
  const host = useHost()
  const { settings } = usePage()
  const operator = session?.operator ?? null
  return (
    <header className="header">
      {operator && <Avatar operator={operator} />}
      <div className="who">
        <h1 dir="auto">{visibleName(operator?.name) ?? settings.name}</h1>
        <State session={session} here={here} />
      </div>
      <ChatMenu end={end} />
      <button
        type="button"
        className="icon-button"
        aria-label={texts('app.close')}
        title={texts('app.close')}
        onClick={() => host.tell(['close'])}
      >
        <Icon name="down" />
      </button>
    </header>
  )
}

function State({ session, here }: { session: Session | null; here: boolean }) {
  const texts = useTexts()
  const away = useIsAway(session)
  if (session?.status === 'ended') return <p>{texts('who.ended')}</p>
  if (session?.status === 'active')
    return <p data-here={!away}>{texts(away ? 'who.operator_away' : 'who.operator_here')}</p>
  if (session && here) return <p data-here>{texts('who.waiting')}</p>
  return <p data-here={here}>{texts(here ? 'who.here' : 'who.nobody')}</p>
}

/** Has the operator's last connection gone? It may come back before the session goes to somebody else. */
function useIsAway(session: Session | null): boolean {
  const [away, setAway] = useState<string | null>(null)
  useParleyEvent('presence', ({ sessionId, userId, here }) => {
    if (sessionId === session?.id && userId === session.operatorId) setAway(here ? null : userId)
  })
  return away !== null && away === session?.operatorId
}
