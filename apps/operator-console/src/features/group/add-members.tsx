import type { Session, User } from '@parley/contracts'
import type { ChatHandle } from '@parley/sdk'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogFoot } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/field.tsx'
import { useAction } from '../../ui/use-action.ts'
import { PeoplePicker } from '../person/index.ts'

interface AddMembersProps {
  session: Session
  handle: ChatHandle
  onClose: () => void
}

export function AddMembers({ session, handle, onClose }: AddMembersProps) {
  const texts = useTexts()
  const [chosen, setChosen] = useState<readonly User[]>([])
  const add = useAction(async () => {
    await handle.add(chosen.map(({ id }) => id))
    onClose()
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (chosen.length > 0) void add.run()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={texts('group.add')}
      description={texts(session.showsHistory ? 'group.history_shown' : 'group.history_hidden')}
    >
      <form className="form" onSubmit={submit}>
        <PeoplePicker chosen={chosen} onChange={setChosen} except={session.participants} />
        <FormProblem>{errorText(texts, add.error)}</FormProblem>
        <DialogFoot>
          <Button onClick={onClose}>{texts('cancel')}</Button>
          <Button type="submit" look="primary" pending={add.pending} disabled={chosen.length === 0}>
            {texts('group.add')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
