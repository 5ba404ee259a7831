import { useParley } from '@parley/sdk/react'
import { type FormEvent, useState } from 'react'
import { fieldProblem, formProblem } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { FormProblem, TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useAction } from '../../ui/use-action.ts'
import { PASSWORD_MIN } from './password.ts'

export function ChangePassword({ onChanged }: { onChanged?: () => void }) {
  const client = useParley()
  const texts = useTexts()
  const toast = useToast()
  const [password, setPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [tried, setTried] = useState(false)
  const change = useAction(() => client.call('auth.change-password', { password, newPassword }))
  const wrong = fieldProblem(change.error, 'password') !== null
  const tooShort = newPassword.length < PASSWORD_MIN
  const missing = tried && password === ''
  const nowProblem = missing ? texts('auth.password_missing') : wrong ? texts('auth.password_wrong') : null
  const newProblem =
    tried && tooShort
      ? texts('auth.password_short', { n: PASSWORD_MIN })
      : fieldProblem(change.error, 'newPassword')

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (password === '' || tooShort || !(await change.run())) return
    setPassword('')
    setNewPassword('')
    setTried(false)
    toast(texts('auth.password_changed'))
    onChanged?.()
  }

  return (
    <form className="form" noValidate onSubmit={event => void submit(event)}>
      <h2>{texts('auth.change_password')}</h2>
      <TextField
        label={texts('auth.password_now')}
        problem={nowProblem}
        type="password"
        autoComplete="current-password"
        maxLength={256}
        value={password}
        onChange={setPassword}
      />
      <TextField
        label={texts('auth.password_new')}
        hint={texts('auth.password_hint', { n: PASSWORD_MIN })}
        problem={newProblem}
        type="password"
        autoComplete="new-password"
        maxLength={256}
        value={newPassword}
        onChange={setNewPassword}
      />
      <FormProblem>{formProblem(texts, change.error, ['password', 'newPassword'])}</FormProblem>
      <div>
        <Button type="submit" pending={change.pending}>
          {texts('auth.change_password')}
        </Button>
      </div>
    </form>
  )
}
