import { Failure } from '@parley/contracts'
import { accessFor } from '../access/session-access.ts'
import { whoActs } from '../access/who-acts.ts'
import type { Handler } from '../node/handler.ts'
import { markRead } from './mark-read.ts'

/** To the reader it answers with the message as it stands then. */
export const messageRead: Handler<'message.read'> = async (deps, { caller }, input) => {
  const { store } = deps
  const userId = whoActs(caller, input.userId)
  const message = await store.message(input.messageId)
  if (!message) throw new Failure('not_found')
  const { visibleAfterSeq } = await accessFor(store, caller, userId, message.sessionId)
  if (message.seq <= visibleAfterSeq) throw new Failure('not_found')
  await markRead(deps, userId, message)
  return (await store.message(message.id)) ?? message
}
