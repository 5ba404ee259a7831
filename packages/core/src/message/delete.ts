import { auditBy } from '../access/audit.ts'
import type { Caller } from '../access/caller.ts'
import { may } from '../access/may.ts'
import { whoActs } from '../access/who-acts.ts'
import type { Handler } from '../node/handler.ts'
import { knownMessage } from './known-message.ts'
import { emptied } from './recall.ts'

/** An API key may say for whom. */
const deleterOf = (caller: Caller, claimedId: string | undefined): string | null =>
  caller.kind === 'key' ? (claimedId ?? null) : whoActs(caller, claimedId)

export const messageDelete: Handler<'message.delete'> = async ({ store }, context, { messageId, userId }) => {
  const { caller } = context
  const byId = deleterOf(caller, userId)
  if (may(caller, ['admin', 'key'])) {
    const audit = auditBy(context, byId)
    return emptied(store, { messageId, senderId: null, withinMs: null, byId, audit })
  }
  await knownMessage(store, caller, messageId, ['party', 'staff'])
  return emptied(store, { messageId, senderId: byId, withinMs: null, byId, audit: null })
}
