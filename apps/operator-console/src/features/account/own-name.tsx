import { useMe, useParley } from '@parley/sdk/react'
import { type FormEvent, useState } from 'react'
import { fieldProblem, formProblem } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { FormProblem, TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useAction } from '../../ui/use-action.ts'

/** The name by which visitors and colleagues know one. */
export function OwnName() {
  const client = useParley()
  const texts = useTexts()
  const toast = useToast()
  const present = useMe()?.name ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  const name = (typed ?? present).trim()
  const save = useAction(async () => {
    await client.call('auth.update-me', { name })
    setTyped(null)
    toast(texts('account.name_saved'))
  })
  const missing = name === '' ? texts('operator.name_missing') : null

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missing === null && name !== present) void save.run()
  }

  return (
    <form className="form" noValidate onSubmit={submit}>
      <TextField
        label={texts('account.name')}
        hint={texts('account.name_hint')}
        problem={missing ?? fieldProblem(save.error, 'name')}
        autoComplete="name"
        maxLength={100}
        value={typed ?? present}
        onChange={setTyped}
      />
      <FormProblem>{formProblem(texts, save.error, ['name'])}</FormProblem>
      <div>
        <Button type="submit" pending={save.pending}>
          {texts('save')}
        </Button>
      </div>
    </form>
  )
}
