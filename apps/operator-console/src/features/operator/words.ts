import type { Operator } from '@parley/contracts'
import type { Texts } from '../../i18n/translate.ts'
import type { OperatorStatus } from '../../ui/status.tsx'

export const statusText = (texts: Texts, status: OperatorStatus): string => texts(`operator.status.${status}`)

/** "2/2", as everywhere. */
export const loadOf = (operator: Operator): string => `${operator.activeSessions}/${operator.maxUsers}`

export const loadText = (texts: Texts, operator: Operator): string =>
  texts('operator.load', { n: operator.activeSessions, max: operator.maxUsers })

const hasRoom = (operator: Operator): boolean => operator.activeSessions < operator.maxUsers

/** Why a session can't be given to this operator; `null`: it can. */
export function unavailable(texts: Texts, operator: Operator): string | null {
  if (!operator.isActive) return texts('operator.inactive')
  if (operator.status === 'offline') return texts('operator.status.offline')
  return hasRoom(operator) ? null : texts('operator.full')
}
