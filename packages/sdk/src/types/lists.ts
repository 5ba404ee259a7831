import type { Operator, Session } from '../contract-types.ts'
import type { ParleyError } from '../errors.ts'

export interface ListSnapshot {
  /** Queue: its order. Active: the queue, then the others, latest first. Mine, team: latest first. */
  readonly sessions: readonly Session[]
  /** May be more than `sessions` holds (100 at most when first loaded). */
  readonly total: number
  readonly loading: boolean
  readonly error: ParleyError | null
}

export interface OperatorsSnapshot {
  readonly operators: readonly Operator[]
  readonly loading: boolean
  readonly error: ParleyError | null
}
