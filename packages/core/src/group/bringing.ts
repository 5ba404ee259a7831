import type { Caller } from '../access/caller.ts'
import type { CoreSettings } from '../node/chat-node.ts'

/** Whom the caller may bring into a group (G4). Staff may bring all but those with whom a block stands between, as in writing. */
export const bringing = (caller: Caller, { directMessages }: Pick<CoreSettings, 'directMessages'>) => ({
  friendsOf: caller.kind === 'person' ? caller.userId : null,
  anyone: directMessages === 'anyone',
  makesPeople: caller.kind === 'key',
})
