import { Failure } from '@parley/contracts'
import { demand } from '../access/may.ts'
import { actorOf } from '../access/who-acts.ts'
import { decide } from '../assignment/decide.ts'
import type { Handler } from '../node/handler.ts'

export const operatorSetStatus: Handler<'operator.set-status'> = async ({ store }, context, input) => {
  const { caller, requestId } = context
  const { operatorId, status } = input
  const self = caller.kind === 'person' && caller.userId === operatorId
  demand(caller, ['self', 'admin', 'key'], { self })
  const command = {
    kind: 'status',
    operatorId,
    status,
    actor: actorOf(context, operatorId),
    requestId,
  } as const
  await decide(store, command, { conflict: { reason: 'inactive' } })
  const operator = await store.operator(operatorId)
  if (!operator) throw new Failure('not_found')
  return operator
}
