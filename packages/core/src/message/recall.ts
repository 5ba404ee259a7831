import { Failure, type Message } from '@parley/contracts'
import { personOf } from '../access/person-of.ts'
import type { Handler } from '../node/handler.ts'
import type { MessageStore, RecallRequest } from '../ports/store/message-store.ts'
import { knownMessage } from './known-message.ts'

/** Who may know of the message learns that it is not the sender, whoever else that it is not there (M23). */
export const messageRecall: Handler<'message.recall'> = async (
  { store, settings },
  { caller },
  { messageId },
) => {
  const { userId } = personOf(caller)
  await knownMessage(store, caller, messageId, ['party', 'staff'])
  const withinMs = settings.recallWindowMs
  return emptied(store, { messageId, senderId: userId, withinMs, byId: userId, audit: null })
}

/** The tombstone; a refusal is thrown. */
export async function emptied(store: Pick<MessageStore, 'recall'>, request: RecallRequest): Promise<Message> {
  const result = await store.recall(request)
  if (result.kind === 'refused') throw new Failure(result.code)
  return result.message
}
