import { auditBy } from '../access/audit.ts'
import { may } from '../access/may.ts'
import { personOf } from '../access/person-of.ts'
import { whoActs } from '../access/who-acts.ts'
import type { Handler } from '../node/handler.ts'
import { emptied, takeBack } from './recall.ts'

/** Anyone's by an admin or API key, which may say for whom; its own by anyone else (M24). */
export const messageDelete: Handler<'message.delete'> = async ({ store }, context, { messageId, userId }) => {
  const { caller } = context
  const byId = caller.kind === 'key' ? (userId ?? null) : whoActs(caller, userId)
  if (!may(caller, ['admin', 'key'])) return await takeBack(store, personOf(caller), messageId, null)
  const audit = auditBy(context, byId)
  return await emptied(store, { messageId, senderId: null, withinMs: null, byId, audit })
}
