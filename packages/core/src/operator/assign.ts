import type { Input } from '@parley/contracts'
import { invalid } from '../access/invalid.ts'
import { readerOf } from '../access/reader.ts'
import { accessSession } from '../access/session-access.ts'
import { actorOf } from '../access/who-acts.ts'
import { decide } from '../assignment/decide.ts'
import type { TurnCommand } from '../assignment/turn.ts'
import type { CallContext } from '../node/chat-node.ts'
import type { Handler } from '../node/handler.ts'
import { readSession } from '../session/read-session.ts'

function commandOf(context: CallContext, input: Input<'operator.assign'>): TurnCommand {
  const { sessionId, operatorId = null, strategy = null, toQueue } = input
  const by = { actor: actorOf(context), requestId: context.requestId }
  if (!toQueue) return { ...by, kind: 'assign', sessionId, operatorId, strategy }
  if (operatorId !== null || strategy !== null) throw invalid('toQueue', 'excludes operatorId and strategy')
  return { ...by, kind: 'requeue', sessionId }
}

export const operatorAssign: Handler<'operator.assign'> = async ({ store }, context, input) => {
  await accessSession(store, context.caller, input.sessionId, ['staff', 'key'])
  await decide(store, commandOf(context, input))
  const session = await readSession(store, input.sessionId, readerOf(context.caller))
  const holderId = session.status === 'active' ? session.operatorId : null
  return { session, operator: holderId === null ? null : await store.operator(holderId) }
}
