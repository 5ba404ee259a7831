import type { User } from '@parley/contracts'
import { useMe, useParley } from '@parley/sdk/react'
import { type FormEvent, useState } from 'react'
import { navigate } from '../../app/route.ts'
import { errorText, fieldProblem } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogFoot } from '../../ui/dialog.tsx'
import { FormProblem, TextField } from '../../ui/field.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { useAction } from '../../ui/use-action.ts'
import { PeoplePicker, personName } from '../person/index.ts'

/** A name of a group, in code points; as the contracts have it. */
const NAME_MAX = 100

/** One person: their private session. Several: a group. */
export function NewChatDialog({ onClose }: { onClose: () => void }) {
  const client = useParley()
  const texts = useTexts()
  const me = useMe()
  const [chosen, setChosen] = useState<readonly User[]>([])
  const [typed, setTyped] = useState('')
  const [showsHistory, setShowsHistory] = useState(false)
  const isGroup = chosen.length > 1
  const name = typed.trim() || [...chosen.map(personName).join(', ')].slice(0, NAME_MAX).join('')
  const start = useAction(async () => {
    const userIds = chosen.map(({ id }) => id)
    const [first] = userIds
    if (first === undefined) return
    const handle = await (isGroup
      ? client.createGroup({ name, userIds, showsHistory })
      : client.openPrivate(first))
    onClose()
    const sessionId = handle.getSnapshot().id
    if (sessionId !== null) navigate({ place: 'team', sessionId, seq: null })
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (chosen.length > 0) void start.run()
  }
  return (
    <Dialog open onClose={onClose} title={texts('chat.new')} description={texts('chat.new_hint')}>
      <form className="form" noValidate onSubmit={submit}>
        <PeoplePicker chosen={chosen} onChange={setChosen} except={me ? [me.id] : []} />
        {isGroup && (
          <>
            <TextField
              label={texts('group.name')}
              placeholder={name}
              problem={fieldProblem(start.error, 'name')}
              maxLength={NAME_MAX}
              value={typed}
              onChange={setTyped}
            />
            <Toggle
              label={texts('group.history')}
              hint={texts('group.history_hint')}
              checked={showsHistory}
              onChange={setShowsHistory}
            />
          </>
        )}
        <FormProblem>{errorText(texts, start.error)}</FormProblem>
        <DialogFoot>
          <Button onClick={onClose}>{texts('cancel')}</Button>
          <Button type="submit" look="primary" pending={start.pending} disabled={chosen.length === 0}>
            {texts(isGroup ? 'group.create' : 'chat.start')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
