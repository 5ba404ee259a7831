import type { Operator } from '@parley/contracts'
import type { AccountStore } from '../../ports/store/account-store.ts'
import { nameOf } from './person-rows.ts'
import { heldBy, isoTimeOrNull, type OperatorRow, type State } from './state.ts'
import type { Sync } from './sync.ts'

export const accounts = (state: State): Sync<AccountStore> => ({
  person(userId) {
    const person = state.people.get(userId)
    if (!person) return null
    const { id, role, avatar, isActive } = person
    return { id, role, name: nameOf(person), avatar, isActive }
  },
  operators: () => [...state.operators.values()].map(operator => toOperator(state, operator)),
  operator(operatorId) {
    const operator = state.operators.get(operatorId)
    return operator ? toOperator(state, operator) : null
  },
})

function toOperator(state: State, row: OperatorRow): Operator {
  const person = state.people.get(row.id)
  const held = heldBy(state, row.id).sort((a, b) => a.createdAt - b.createdAt)
  return {
    id: row.id,
    name: nameOf(person) ?? row.id,
    avatar: person?.avatar ?? null,
    status: row.status,
    isOnline: row.status !== 'offline',
    isActive: row.isActive,
    maxUsers: row.maxUsers,
    activeUsers: held.flatMap(({ userId }) => (userId === null ? [] : [userId])),
    activeSessions: held.length,
    lastAssignedAt: isoTimeOrNull(row.lastAssignedAt),
  }
}
