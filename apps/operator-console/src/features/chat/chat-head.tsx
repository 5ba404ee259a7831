import type { Session } from '@parley/contracts'
import { usePerson } from '@parley/sdk/react'
import type { RefObject } from 'react'
import { navigate } from '../../app/route.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PersonPicture, PresenceLine } from '../presence/index.ts'

interface ChatHeadProps {
  session: Session
  name: string
  /** Of a private session. */
  otherId: string | null
  headingRef: RefObject<HTMLHeadingElement | null>
  onMembers: () => void
}

export function ChatHead({ session, name, otherId, headingRef, onMembers }: ChatHeadProps) {
  const texts = useTexts()
  return (
    <header className="session-head">
      <IconButton
        className="session-back"
        icon="back"
        label={texts('session.back')}
        onClick={() => navigate({ place: 'team', sessionId: null, seq: null })}
      />
      {otherId === null ? <Avatar name={name} group /> : <OtherPicture userId={otherId} name={name} />}
      <div className="session-who">
        <h2 ref={headingRef} tabIndex={-1}>
          <bdi>{name}</bdi>
        </h2>
        <p>
          {otherId === null ? (
            texts('group.members', { n: session.participants.length })
          ) : (
            <PresenceLine userId={otherId} />
          )}
        </p>
      </div>
      {session.type === 'group' && (
        <div className="session-actions">
          <Button className="session-action" onClick={onMembers}>
            <Icon name="team" size={16} />
            <span className="session-action-name">{texts('group.title')}</span>
          </Button>
        </div>
      )}
    </header>
  )
}

function OtherPicture({ userId, name }: { userId: string; name: string }) {
  const person = usePerson(userId)
  return <PersonPicture userId={userId} name={name} picture={person?.avatar ?? null} />
}
