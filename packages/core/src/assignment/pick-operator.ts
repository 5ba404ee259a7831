import type { Strategy } from '@parley/contracts'
import type { OperatorState, SessionState } from './turn.ts'

type Order = (a: OperatorState, b: OperatorState) => number

const NEVER = -1
const longestSinceAssigned: Order = (a, b) => (a.lastAssignedAt ?? NEVER) - (b.lastAssignedAt ?? NEVER)

// Shares compared crosswise, in whole numbers: 1/3 and 2/6 are equal.
const leastShare: Order = (a, b) => a.load * b.maxUsers - b.load * a.maxUsers

const ORDERS: Readonly<Record<Strategy, Order>> = {
  'least-busy': (a, b) => leastShare(a, b) || longestSinceAssigned(a, b),
  'round-robin': longestSinceAssigned,
}

/** Takes new sessions and has a place for one (A3). */
export const hasRoom = (operator: OperatorState): boolean =>
  operator.isActive && operator.status === 'online' && operator.load < operator.maxUsers

/** May the session be given to the operator by itself? */
export const mayBeGiven = (session: SessionState, operator: OperatorState): boolean =>
  hasRoom(operator) && operator.id !== session.avoidOperatorId && operator.id !== session.userId

/** The best of them by the strategy; of equals the first (A6–A8). */
export function pickOperator<O extends OperatorState>(strategy: Strategy, candidates: Iterable<O>): O | null {
  const order = ORDERS[strategy]
  let best: O | null = null
  for (const operator of candidates) if (best === null || order(operator, best) < 0) best = operator
  return best
}
