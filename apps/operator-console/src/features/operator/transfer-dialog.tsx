import type { Operator, Session } from '@parley/contracts'
import { useMe, useOperators, useParley } from '@parley/sdk/react'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog, DialogFoot } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/notice.tsx'
import { useAction } from '../../ui/use-action.ts'
import { loadText, statusText, unavailable } from './words.ts'
import './transfer-dialog.css'

/** Stands for the queue among the ids of operators, none of which is blank. */
const QUEUE = ''

interface TransferDialogProps {
  session: Session
  onClose: () => void
  onDone: (to: string) => void
}

export function TransferDialog({ session, onClose, onDone }: TransferDialogProps) {
  const client = useParley()
  const texts = useTexts()
  const me = useMe()
  const { operators, loading } = useOperators()
  const [to, setTo] = useState<string | null>(null)
  const transfer = useAction(async (target: string) => {
    const where = target === QUEUE ? { toQueue: true } : { operatorId: target }
    await client.call('operator.assign', { sessionId: session.id, ...where })
    onDone(target === QUEUE ? texts('operator.queue') : nameOf(operators, target))
  })
  const others = operators
    .filter(operator => operator.id !== session.operatorId && operator.isActive)
    .sort((a, b) => Number(unavailable(texts, a) !== null) - Number(unavailable(texts, b) !== null))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (to !== null) void transfer.run(to)
  }
  return (
    <Dialog open onClose={onClose} title={texts('operator.transfer.title')}>
      <form className="transfer" onSubmit={submit}>
        <fieldset className="choices">
          <legend className="unseen">{texts('operator.transfer.to')}</legend>
          {session.status === 'active' && (
            <Target value={QUEUE} chosen={to} onChoose={setTo} name={texts('operator.queue')}>
              {texts('operator.transfer.queue_hint')}
            </Target>
          )}
          {loading && <Skeleton rows={3} label={texts('loading')} />}
          {others.map(operator => (
            <OperatorTarget
              key={operator.id}
              operator={operator}
              mine={operator.id === me?.id}
              chosen={to}
              onChoose={setTo}
            />
          ))}
        </fieldset>
        {!loading && others.length === 0 && (
          <p className="transfer-none">{texts('operator.transfer.nobody')}</p>
        )}
        <FormProblem>{errorText(texts, transfer.error)}</FormProblem>
        <DialogFoot>
          <Button onClick={onClose}>{texts('cancel')}</Button>
          <Button type="submit" look="primary" pending={transfer.pending} disabled={to === null}>
            {texts('operator.transfer.action')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

const nameOf = (operators: readonly Operator[], id: string) =>
  operators.find(operator => operator.id === id)?.name ?? ''

interface TargetProps {
  value: string
  chosen: string | null
  onChoose: (value: string) => void
  name: string
  operator?: Operator
  disabled?: boolean
  children: string
}

function Target({ value, chosen, onChoose, name, operator, disabled = false, children }: TargetProps) {
  const picture = operator ? (
    <Avatar name={name} picture={operator.avatar} size={32} status={operator.status} />
  ) : (
    <span className="transfer-queue">
      <Icon name="sessions" size={18} />
    </span>
  )
  return (
    <Choice
      type="radio"
      name="transfer"
      value={value}
      checked={chosen === value}
      disabled={disabled}
      onChange={() => onChoose(value)}
      picture={picture}
      title={name}
    >
      {children}
    </Choice>
  )
}

interface OperatorTargetProps extends Pick<TargetProps, 'chosen' | 'onChoose'> {
  operator: Operator
  mine: boolean
}

function OperatorTarget({ operator, mine, ...choice }: OperatorTargetProps) {
  const texts = useTexts()
  const why = unavailable(texts, operator)
  const status = why ?? statusText(texts, operator.status)
  const name = mine ? texts('operator.me', { name: operator.name }) : operator.name
  return (
    <Target value={operator.id} name={name} operator={operator} disabled={why !== null} {...choice}>
      {`${status} · ${loadText(texts, operator)}`}
    </Target>
  )
}
