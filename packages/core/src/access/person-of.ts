import { Failure } from '@parley/contracts'
import type { Caller, Person } from './caller.ts'
import { demand, refusalOf } from './may.ts'

/** The person who calls; API keys are refused. */
export function personOf(caller: Caller): Person {
  if (caller.kind !== 'person') throw new Failure(refusalOf(caller))
  return caller
}

/** The person with an account who calls: a user or staff. */
export function accountOf(caller: Caller): Person {
  demand(caller, ['user'])
  return personOf(caller)
}
