import { isStaff } from '@parley/contracts'
import type { WhoseSessions } from '../ports/store/session-store.ts'
import type { Caller } from './caller.ts'
import { whoActs } from './who-acts.ts'

/** Whose sessions the caller asks for, and what of them it may know (I5): staff may name another person. */
export function whoseSessions(caller: Caller, claimedId: string | undefined): WhoseSessions {
  if (caller.kind === 'person' && isStaff(caller.role)) {
    const userId = claimedId ?? caller.userId
    return { userId, knownTo: userId === caller.userId ? null : caller.userId }
  }
  return { userId: whoActs(caller, claimedId), knownTo: null }
}
