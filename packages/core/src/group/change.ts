import { Failure } from '@parley/contracts'
import { auditOfStaff } from '../access/audit.ts'
import { readerOf } from '../access/reader.ts'
import { accessSession } from '../access/session-access.ts'
import type { CallContext } from '../node/chat-node.ts'
import type { GroupChange } from '../ports/store/session-store.ts'
import type { Store } from '../ports/store.ts'

/** A change of a group by the caller (G6); a refusal is thrown. */
export async function changeGroup(
  store: Store,
  context: CallContext,
  sessionId: string,
  what: GroupChange['what'],
): Promise<void> {
  const { caller } = context
  const { session } = await accessSession(store, caller, sessionId, ['party', 'key'])
  if (session.type !== 'group') throw new Failure('conflict', { reason: 'no_group' })
  const audit = auditOfStaff(context)
  const result = await store.changeGroup({ sessionId, byId: readerOf(caller), audit, what })
  if (result.kind !== 'refused') return
  throw new Failure(result.code, result.code === 'conflict' ? { reason: 'group_full' } : {})
}
