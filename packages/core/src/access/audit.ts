import { isStaff } from '@parley/contracts'
import type { CallContext } from '../node/chat-node.ts'
import type { By } from '../ports/store/by.ts'
import { actorOf } from './who-acts.ts'

/** Who the audit says it was, with a key also for whom. */
export const auditBy = (context: CallContext, actingFor: string | null = null): By => ({
  actor: actorOf(context, actingFor),
  requestId: context.requestId,
})

/** What staff and API keys do is audited, what others do is not (G12). */
export const auditOfStaff = (context: CallContext, actingFor: string | null = null): By | null =>
  context.caller.kind === 'person' && !isStaff(context.caller.role) ? null : auditBy(context, actingFor)
