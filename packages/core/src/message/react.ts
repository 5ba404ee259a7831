import { Failure } from '@parley/contracts'
import { whoActs } from '../access/who-acts.ts'
import type { Handler } from '../node/handler.ts'
import { knownMessage } from './known-message.ts'

export const messageReact: Handler<'message.react'> = async ({ store }, { caller }, input) => {
  const { messageId, emoji } = input
  const userId = whoActs(caller, input.userId)
  const result = await store.react({ messageId, userId, emoji })
  if (result.kind === 'reacted') return result.message
  // Staff know a support session that they take no part in (I6).
  if (result.code === 'not_found') await knownMessage(store, caller, messageId, ['party', 'key'])
  throw new Failure(result.code, result.code === 'conflict' ? { reason: 'reactions' } : {})
}
