import { Failure, GROUP_MAX, type Input } from '@parley/contracts'
import { auditOfStaff } from '../access/audit.ts'
import type { Caller } from '../access/caller.ts'
import { demand } from '../access/may.ts'
import { readerOf } from '../access/reader.ts'
import { whoActs } from '../access/who-acts.ts'
import type { Handler } from '../node/handler.ts'
import { readSession } from '../session/read-session.ts'
import { bringing } from './bringing.ts'

export const sessionGroup: Handler<'session.group'> = async ({ store, ids, settings }, context, input) => {
  const { caller } = context
  demand(caller, ['user', 'key'])
  const ownerId = ownerOf(caller, input)
  const result = await store.openGroup({
    ...bringing(caller, settings),
    id: ids.next(),
    name: input.name,
    ownerId,
    userIds: peopleOf(ownerId, input),
    showsHistory: input.showsHistory ?? false,
    audit: auditOfStaff(context, ownerId),
  })
  if (result.kind === 'refused') throw new Failure(result.code)
  return readSession(store, result.sessionId, readerOf(caller))
}

/** Who makes it owns it; an API key says who, or the first participant does. */
function ownerOf(caller: Caller, { ownerId, participantIds: [first] }: Input<'session.group'>): string {
  const claimedId = caller.kind === 'key' ? (ownerId ?? first) : ownerId
  return whoActs(caller, claimedId, 'ownerId')
}

function peopleOf(ownerId: string, { participantIds }: Input<'session.group'>): string[] {
  const userIds = [...new Set([ownerId, ...participantIds])]
  if (userIds.length > GROUP_MAX) throw new Failure('conflict', { reason: 'group_full' })
  return userIds
}
