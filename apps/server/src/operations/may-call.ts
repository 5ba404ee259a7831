import { Failure, type Operation } from '@parley/contracts'
import { type Caller, couldEver, refusalOf } from '@parley/core'
import { OPEN_KEY_ID } from './types.ts'

/**
 * May somebody like this call the operation at all? Known from the credential alone; whether it is `self` or a
 * `party` of the very thing is proved by the operation, so here any person may be one.
 */
export function assertMayCall(operation: Pick<Operation, 'who'>, caller: Caller): void {
  if (couldEver(caller, operation.who)) return
  // Open mode is no credential: who sent none is asked for one, as in production.
  throw new Failure(isOpenKey(caller) ? 'unauthorized' : refusalOf(caller))
}

const isOpenKey = (caller: Caller): boolean => caller.kind === 'key' && caller.keyId === OPEN_KEY_ID
