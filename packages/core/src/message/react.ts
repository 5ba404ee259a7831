import { Failure } from '@parley/contracts'
import type { Person } from '../access/caller.ts'
import { whoActs } from '../access/who-acts.ts'
import { mayNotWrite } from '../friend/may-not-write.ts'
import type { Deps, Handler } from '../node/handler.ts'
import { knownMessage } from './known-message.ts'

export const messageReact: Handler<'message.react'> = async (deps, { caller }, input) => {
  const { store } = deps
  const { messageId, emoji } = input
  const userId = whoActs(caller, input.userId)
  if (caller.kind === 'person') await demandFriends(deps, caller, messageId)
  const result = await store.react({ messageId, userId, emoji })
  if (result.kind === 'reacted') return result.message
  // Staff know a support session that they take no part in (I6).
  if (result.code === 'not_found') await knownMessage(store, caller, messageId, ['party', 'key'])
  throw new Failure(result.code, result.code === 'conflict' ? { reason: 'reactions' } : {})
}

/** Who may not write to the other of a private session does not react to what it wrote either (F13). */
async function demandFriends(deps: Deps, caller: Person, messageId: string): Promise<void> {
  const message = await deps.store.message(messageId)
  if (message && (await mayNotWrite(deps, caller.userId, message.sessionId))) throw new Failure('not_friends')
}
