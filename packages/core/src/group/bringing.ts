import { isStaff } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import type { CoreSettings } from '../node/chat-node.ts'

/** Whom the caller may bring into a group (G4). */
export const bringing = (caller: Caller, { directMessages }: Pick<CoreSettings, 'directMessages'>) => ({
  friendsOf: caller.kind === 'person' && !isStaff(caller.role) ? caller.userId : null,
  anyone: directMessages === 'anyone',
  makesPeople: caller.kind === 'key',
})
