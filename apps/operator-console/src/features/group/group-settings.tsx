import type { Session } from '@parley/contracts'
import type { ChatHandle, GroupChange } from '@parley/sdk'
import { type FormEvent, useState } from 'react'
import { fieldProblem, formProblem } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { FormProblem, TextField } from '../../ui/field.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { useAction } from '../../ui/use-action.ts'

interface GroupSettingsProps {
  session: Session
  handle: ChatHandle
}

/** For the owner: the name, and what those who join later see. */
export function GroupSettings({ session, handle }: GroupSettingsProps) {
  const texts = useTexts()
  const present = session.name ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  const name = (typed ?? present).trim()
  const save = useAction((change: GroupChange) => handle.update(change))
  const rename = async (event: FormEvent) => {
    event.preventDefault()
    if (name === '' || name === present) return
    if (await save.run({ name })) setTyped(null)
  }
  return (
    <form className="form" noValidate onSubmit={event => void rename(event)}>
      <div className="group-name">
        <TextField
          label={texts('group.name')}
          problem={name === '' ? texts('operator.name_missing') : fieldProblem(save.error, 'name')}
          maxLength={100}
          value={typed ?? present}
          onChange={setTyped}
        />
        <Button type="submit" pending={save.pending} disabled={name === '' || name === present}>
          {texts('save')}
        </Button>
      </div>
      <Toggle
        label={texts('group.history')}
        hint={texts('group.history_hint')}
        checked={session.showsHistory}
        onChange={showsHistory => void save.run({ showsHistory })}
      />
      <FormProblem>{formProblem(texts, save.error, ['name'])}</FormProblem>
    </form>
  )
}
