import { Failure } from '@parley/contracts'
import type { CallContext, Person } from '@parley/core'

/** The person who calls; an operation that only a person may call has nobody else. */
export function callingPerson(context: Pick<CallContext, 'caller'>): Person {
  if (context.caller.kind !== 'person') throw new Failure('unauthorized')
  return context.caller
}
