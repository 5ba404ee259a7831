import type { OperatorStatus } from '@parley/contracts'
import { audit, type Draft, type OperatorDraft } from '../draft.ts'
import { giveBackAll } from '../moves.ts'
import type { TurnCommand } from '../turn.ts'
import { done, refused, type Verdict } from '../verdict.ts'

function setStatus(draft: Draft, operator: OperatorDraft, status: OperatorStatus): void {
  if (operator.status === status) return
  operator.status = status
  draft.effects.operators.add(operator.id)
  if (status === 'offline') giveBackAll(draft, operator.id)
}

/** To what it chose, unless it chose to be offline (O4). */
function comeBack(draft: Draft, operator: OperatorDraft): void {
  const away = operator.status === 'offline' && operator.chosenStatus !== 'offline'
  if (away && operator.isActive && operator.connected)
    setStatus(draft, operator, operator.chosenStatus ?? 'online')
}

export function status(draft: Draft, command: Extract<TurnCommand, { kind: 'status' }>): Verdict {
  const operator = draft.operators.get(command.operatorId)
  if (!operator) return refused('not_found')
  if (!operator.isActive && command.status !== 'offline') return refused('conflict')
  if (operator.status === command.status && operator.chosenStatus === command.status) return done()
  operator.chosenStatus = command.status
  setStatus(draft, operator, command.status)
  audit(draft, 'operator.status', { kind: 'operator', id: operator.id }, { status: command.status })
  return done()
}

export function limit(draft: Draft, command: Extract<TurnCommand, { kind: 'limit' }>): Verdict {
  const operator = draft.operators.get(command.operatorId)
  if (!operator) return refused('not_found')
  const isActive = command.isActive ?? operator.isActive
  const maxUsers = command.maxUsers ?? operator.maxUsers
  if (isActive && maxUsers < operator.load) return refused('conflict')
  if (isActive === operator.isActive && maxUsers === operator.maxUsers) return done()
  draft.effects.operators.add(operator.id)
  if (!isActive) setStatus(draft, operator, 'offline')
  operator.maxUsers = maxUsers
  const returns = isActive && !operator.isActive
  operator.isActive = isActive
  if (returns) comeBack(draft, operator)
  audit(draft, 'operator.limit', { kind: 'operator', id: operator.id }, { maxUsers, isActive })
  return done()
}

/** People who are no operators connect too: nothing to do for them. */
export function connected(draft: Draft, command: Extract<TurnCommand, { kind: 'connected' }>): Verdict {
  const operator = draft.operators.get(command.operatorId)
  if (operator) comeBack(draft, operator)
  return done()
}

export function gone(draft: Draft, command: Extract<TurnCommand, { kind: 'gone' }>): Verdict {
  const operator = draft.operators.get(command.operatorId)
  if (!operator || operator.connected || operator.status === 'offline') return done()
  setStatus(draft, operator, 'offline')
  audit(draft, 'operator.gone', { kind: 'operator', id: operator.id })
  return done()
}
