import { demand } from '../access/may.ts'
import { whoActs } from '../access/who-acts.ts'
import type { Handler } from '../node/handler.ts'
import { customerOf } from './customer.ts'
import { openSession } from './open-session.ts'

export const sessionStart: Handler<'session.start'> = async (deps, context, input) => {
  const { caller } = context
  demand(caller, ['customer', 'key'])
  const userId = whoActs(caller, input.userId)
  const customer = await customerOf(deps.store, caller, { ...input, userId })
  return openSession(deps, context, {
    ...customer,
    locale: input.locale ?? null,
    timeZone: input.timeZone ?? null,
    subject: null,
    metadata: input.metadata ?? null,
    strategy: null,
    operatorId: null,
  })
}
