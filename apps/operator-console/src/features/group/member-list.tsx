import type { Participant, Session } from '@parley/contracts'
import type { ChatHandle } from '@parley/sdk'
import { useMe, useParticipants } from '@parley/sdk/react'
import { useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/notice.tsx'
import { useAction } from '../../ui/use-action.ts'
import { personName } from '../person/index.ts'
import { PersonPicture, PresenceLine } from '../presence/index.ts'

interface MemberListProps {
  session: Session
  handle: ChatHandle
  /** The one who looks at it may change it. */
  owns: boolean
}

interface Asked {
  readonly what: 'remove' | 'hand_on'
  readonly userId: string
  readonly name: string
}

/** Everybody in a group, in the order of joining. */
export function MemberList({ session, handle, owns }: MemberListProps) {
  const texts = useTexts()
  const { items, hasMore, loading, loadingMore, error, loadMore } = useParticipants(handle)
  const [asked, setAsked] = useState<Asked | null>(null)
  const change = useAction(async ({ what, userId }: Asked) => {
    await (what === 'remove' ? handle.remove(userId) : handle.update({ ownerId: userId }))
    setAsked(null)
  })
  if (loading) return <Skeleton rows={3} label={texts('loading')} />
  return (
    <>
      <ul className="members">
        {items.map(member => (
          <MemberRow
            key={member.user.id}
            member={member}
            isOwner={member.user.id === session.ownerId}
            onAsk={owns && member.user.id !== session.ownerId ? setAsked : null}
          />
        ))}
      </ul>
      <FormProblem>{errorText(texts, error)}</FormProblem>
      {(hasMore || error) && (
        <div className="session-more">
          <Button size="s" pending={loadingMore} onClick={() => void loadMore()}>
            {texts(error ? 'try_again' : 'group.more')}
          </Button>
        </div>
      )}
      {asked && (
        <Confirm
          open
          onClose={() => {
            change.reset()
            setAsked(null)
          }}
          title={texts(`group.${asked.what}_title`, { name: asked.name })}
          description={texts(`group.${asked.what}_text`)}
          action={texts(`group.${asked.what}`)}
          pending={change.pending}
          error={errorText(texts, change.error)}
          onConfirm={() => void change.run(asked)}
        />
      )}
    </>
  )
}

interface MemberRowProps {
  member: Participant
  isOwner: boolean
  /** `null`: nothing may be done with this one. */
  onAsk: ((asked: Asked) => void) | null
}

function MemberRow({ member, isOwner, onAsk }: MemberRowProps) {
  const texts = useTexts()
  const me = useMe()
  const { id, avatar } = member.user
  const name = personName(member.user)
  return (
    <li className="member">
      <PersonPicture userId={id} name={name} picture={avatar} size={32} />
      <span className="choice-words">
        <bdi>{id === me?.id ? texts('operator.me', { name }) : name}</bdi>
        <small>
          <PresenceLine userId={id} />
        </small>
      </span>
      {isOwner && (
        <span className="member-owner">
          <Icon name="crown" size={16} />
          {texts('group.owner')}
        </span>
      )}
      {onAsk && (
        <>
          <IconButton
            icon="crown"
            label={texts('group.hand_on_to', { name })}
            onClick={() => onAsk({ what: 'hand_on', userId: id, name })}
          />
          <IconButton
            icon="close"
            label={texts('group.remove_name', { name })}
            onClick={() => onAsk({ what: 'remove', userId: id, name })}
          />
        </>
      )}
    </li>
  )
}
