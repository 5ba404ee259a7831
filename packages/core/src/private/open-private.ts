import { Failure, isStaff } from '@parley/contracts'
import { auditBy } from '../access/audit.ts'
import type { Caller } from '../access/caller.ts'
import type { CallContext } from '../node/chat-node.ts'
import type { Deps } from '../node/handler.ts'

/** An API key, or staff who is none of the two, brings them together (G3). */
function bringsTogether(caller: Caller, userIds: readonly string[]): boolean {
  if (caller.kind !== 'person') return caller.kind === 'key'
  return isStaff(caller.role) && !userIds.includes(caller.userId)
}

const isVisitor = (caller: Caller) => caller.kind === 'person' && caller.role === 'visitor'

/** The one private session of the two (G1); a refusal is thrown. Whoever brings others together is audited (G12). */
export async function openPrivate(
  { store, ids, settings }: Pick<Deps, 'store' | 'ids' | 'settings'>,
  context: CallContext,
  userIds: readonly [string, string],
  actingFor: string | null,
): Promise<{ readonly sessionId: string; readonly created: boolean }> {
  if (isVisitor(context.caller) && (await store.privateSession(...userIds)) === null)
    throw new Failure('not_friends')
  const forOthers = bringsTogether(context.caller, userIds)
  const result = await store.openPrivate({
    id: ids.next(),
    userIds,
    bringsTogether: forOthers,
    anyone: settings.directMessages === 'anyone',
    makesPeople: context.caller.kind === 'key',
    audit: forOthers ? auditBy(context, actingFor) : null,
  })
  if (result.kind === 'refused') throw new Failure(result.code)
  return result
}
