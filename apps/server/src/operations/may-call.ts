import { Failure, isStaff, type Operation, type Who } from '@parley/contracts'
import type { Caller, Person } from '@parley/core'
import { OPEN_KEY_ID } from './types.ts'

/**
 * May somebody like this call the operation at all? Known from the credential alone; whether it is `self` or a
 * `party` of the very thing is proved by the operation, so here any person may be one.
 */
export function assertMayCall(operation: Pick<Operation, 'who'>, caller: Caller): void {
  if (operation.who.includes('anyone')) return
  if (caller.kind === 'anyone') throw new Failure('unauthorized')
  const allowed =
    caller.kind === 'key' ? operation.who.includes('key') : operation.who.some(who => isOne(caller, who))
  // Open mode is no credential: who sent none is asked for one, as in production.
  if (!allowed) throw new Failure(isOpenKey(caller) ? 'unauthorized' : 'forbidden')
}

const isOpenKey = (caller: Caller): boolean => caller.kind === 'key' && caller.keyId === OPEN_KEY_ID

function isOne(person: Person, who: Who): boolean {
  switch (who) {
    case 'person':
    case 'self':
    case 'party':
      return true
    case 'customer':
      return person.role === 'visitor' || person.role === 'user'
    case 'staff':
      return isStaff(person.role)
    case 'admin':
    case 'system':
      return person.role === who
    case 'anyone':
    case 'key':
      return false
  }
}
