import type { Operator } from '@parley/contracts'
import { ParleyError } from '@parley/sdk'
import { useParley } from '@parley/sdk/react'
import { type FormEvent, useState } from 'react'
import { fieldProblem, formProblem } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import type { Texts } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogFoot } from '../../ui/dialog.tsx'
import { FormProblem, TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { useAction } from '../../ui/use-action.ts'
import { changesOf, entryOf, inputOf, type OperatorEntry, problemsOf } from './operator-entry.ts'

interface OperatorFormProps {
  /** `null`: a new one. */
  operator: Operator | null
  onClose: () => void
}

export function OperatorForm({ operator, onClose }: OperatorFormProps) {
  const client = useParley()
  const texts = useTexts()
  const toast = useToast()
  const [entry, setEntry] = useState<OperatorEntry>(() => entryOf(operator))
  const [tried, setTried] = useState(false)
  const problems = problemsOf(texts, entry, operator === null)
  const save = useAction(async () => {
    if (operator)
      await client.call('operator.update', { operatorId: operator.id, ...changesOf(entry, operator) })
    else await client.call('operator.create', inputOf(entry))
    toast(texts(operator ? 'operator.saved' : 'operator.created', { name: entry.name.trim() }))
    onClose()
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(problems).length === 0) void save.run()
  }
  const field = (name: Exclude<keyof OperatorEntry, 'isActive'>) => ({
    value: entry[name],
    onChange: (value: string) => setEntry({ ...entry, [name]: value }),
    problem: (tried && problems[name]) || fieldProblem(save.error, name),
  })

  return (
    <Dialog open onClose={onClose} title={texts(operator ? 'operator.edit_title' : 'operator.add')}>
      <form className="form" noValidate onSubmit={submit}>
        <TextField label={texts('operator.name')} maxLength={100} autoComplete="off" {...field('name')} />
        <TextField
          label={texts('operator.limit')}
          hint={texts('operator.limit_hint')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          {...field('maxUsers')}
        />
        <TextField
          label={texts(operator ? 'operator.username_new' : 'auth.username')}
          hint={texts(operator ? 'operator.username_keep' : 'operator.username_hint')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          {...field('username')}
        />
        <TextField
          label={texts(operator ? 'auth.password_new' : 'auth.password')}
          hint={texts(operator ? 'operator.password_keep' : 'operator.password_hint')}
          type="password"
          autoComplete="new-password"
          maxLength={256}
          {...field('password')}
        />
        {operator && (
          <Toggle
            label={texts('operator.active')}
            hint={texts('operator.active_hint')}
            checked={entry.isActive}
            onChange={isActive => setEntry({ ...entry, isActive })}
          />
        )}
        <FormProblem>{saveProblem(texts, save.error, operator, entry)}</FormProblem>
        <DialogFoot>
          <Button onClick={onClose}>{texts('cancel')}</Button>
          <Button type="submit" look="primary" pending={save.pending}>
            {texts('save')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

/** A conflict: the username is taken, or the limit lies below the load. */
function saveProblem(
  texts: Texts,
  error: unknown,
  operator: Operator | null,
  { username, maxUsers }: OperatorEntry,
): string | null {
  if (error instanceof ParleyError && error.code === 'conflict') {
    const isTaken = operator === null || (username !== '' && Number(maxUsers) >= operator.activeSessions)
    return isTaken
      ? texts('operator.username_taken')
      : texts('operator.limit_below_load', { n: operator.activeSessions })
  }
  return formProblem(texts, error, ['name', 'maxUsers', 'username', 'password'])
}
