import { isStaff } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import { demand } from '../access/may.ts'
import { whoActs } from '../access/who-acts.ts'
import type { Handler } from '../node/handler.ts'
import { customerOf } from './customer.ts'
import { openSession } from './open-session.ts'

/** For staff and keys the id names the customer; for anyone else it is a claim to be it (I3). */
function checkClaim(caller: Caller, userId: string): void {
  if (caller.kind === 'person' && isStaff(caller.role)) return
  const acting = whoActs(caller, userId)
  demand(caller, ['staff', 'key', 'self'], { self: acting === userId })
}

export const sessionCreate: Handler<'session.create'> = async (deps, context, input) => {
  checkClaim(context.caller, input.userId)
  const claim = { userId: input.userId, name: input.userName }
  const customer = await customerOf(deps.store, context.caller, claim)
  return openSession(deps, context, {
    ...customer,
    locale: null,
    timeZone: null,
    subject: input.subject ?? null,
    metadata: input.metadata ?? null,
    strategy: input.strategy ?? null,
    operatorId: input.operatorId ?? null,
  })
}
