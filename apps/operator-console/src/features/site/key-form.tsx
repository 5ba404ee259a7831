import { useParley } from '@parley/sdk/react'
import { type FormEvent, useState } from 'react'
import { fieldProblem, formProblem } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogFoot } from '../../ui/dialog.tsx'
import { FormProblem, TextField } from '../../ui/field.tsx'
import { Secret } from '../../ui/secret.tsx'
import { useAction } from '../../ui/use-action.ts'

interface KeyFormProps {
  onClose: () => void
  onCreated: () => void
}

export function KeyForm({ onClose, onCreated }: KeyFormProps) {
  const client = useParley()
  const texts = useTexts()
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const missing = name.trim() === ''
  const create = useAction(async () => {
    const { key } = await client.call('api-key.create', { name: name.trim() })
    setSecret(key)
    onCreated()
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!missing) void create.run()
  }
  if (secret !== null) {
    return (
      <Secret
        title={texts('key.secret_title')}
        text={texts('key.secret_text')}
        secret={secret}
        onClose={onClose}
      />
    )
  }
  return (
    <Dialog open onClose={onClose} title={texts('key.add')}>
      <form className="form" noValidate onSubmit={submit}>
        <TextField
          label={texts('key.name')}
          hint={texts('key.name_hint')}
          maxLength={100}
          autoComplete="off"
          value={name}
          problem={tried && missing ? texts('key.name_missing') : fieldProblem(create.error, 'name')}
          onChange={setName}
        />
        <FormProblem>{formProblem(texts, create.error, ['name'])}</FormProblem>
        <DialogFoot>
          <Button onClick={onClose}>{texts('cancel')}</Button>
          <Button type="submit" look="primary" pending={create.pending}>
            {texts('key.create')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
