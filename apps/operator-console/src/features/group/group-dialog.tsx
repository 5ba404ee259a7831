import type { Session } from '@parley/contracts'
import type { ChatHandle } from '@parley/sdk'
import { useMe } from '@parley/sdk/react'
import { useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogFoot } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { AddMembers } from './add-members.tsx'
import { GroupSettings } from './group-settings.tsx'
import { MemberList } from './member-list.tsx'
import { useLeaving } from './use-leaving.tsx'
import './group-dialog.css'

interface GroupDialogProps {
  session: Session
  handle: ChatHandle
  onClose: () => void
}

/** Who is in a group, and what its owner may change of it. */
export function GroupDialog({ session, handle, onClose }: GroupDialogProps) {
  const texts = useTexts()
  const me = useMe()
  const owns = session.ownerId !== null && session.ownerId === me?.id
  const [adding, setAdding] = useState(false)
  const leaving = useLeaving(session, handle, onClose)
  if (adding) return <AddMembers session={session} handle={handle} onClose={() => setAdding(false)} />
  return (
    <Dialog open onClose={onClose} title={session.name ?? texts('group.title')}>
      {owns ? (
        <GroupSettings session={session} handle={handle} />
      ) : (
        <p className="dialog-description">
          {texts(session.showsHistory ? 'group.history_shown' : 'group.history_hidden')}
        </p>
      )}
      <section className="group-members" aria-labelledby="group-members">
        <header className="group-members-head">
          <h3 id="group-members" className="numbers">
            {texts('group.members', { n: session.participants.length })}
          </h3>
          {owns && (
            <Button size="s" onClick={() => setAdding(true)}>
              <Icon name="plus" size={16} />
              {texts('group.add')}
            </Button>
          )}
        </header>
        <MemberList session={session} handle={handle} owns={owns} />
      </section>
      <DialogFoot>
        <Button look="danger" onClick={leaving.ask}>
          <Icon name="out" size={16} />
          {texts('group.leave')}
        </Button>
      </DialogFoot>
      {leaving.asking}
    </Dialog>
  )
}
