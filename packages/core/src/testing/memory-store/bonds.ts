import { isStaff } from '@parley/contracts'
import { bondOf } from '../../friend/bond.ts'
import type { Bond } from '../../ports/store/session-store.ts'
import { pairKey, type SessionRow, type State } from './state.ts'

/** How two people stand to each other, in a session that brings them `together` or not. */
export const bondBetween = (state: State, a: string, b: string, together: boolean): Bond =>
  bondOf({
    friends: state.friends.get(a)?.has(b) ?? false,
    staff: isStaffId(state, a) || isStaffId(state, b),
    together,
    blocked: hasBlocked(state, a, b) || hasBlocked(state, b, a),
  })

export const hasBlocked = (state: State, userId: string, blockedId: string): boolean =>
  state.blocks.get(userId)?.has(blockedId) ?? false

function isStaffId(state: State, userId: string): boolean {
  const person = state.people.get(userId)
  return person !== undefined && isStaff(person.role)
}

export const privateRow = (state: State, a: string, b: string): SessionRow | undefined =>
  state.sessions.get(state.pairs.get(pairKey(a, b)) ?? '')

/** In the step that changes what the bond follows from (F11). */
export function renewBond(state: State, a: string, b: string): void {
  const session = privateRow(state, a, b)
  if (session) session.bond = bondBetween(state, a, b, session.together)
}
