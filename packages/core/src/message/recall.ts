import { Failure, type Message } from '@parley/contracts'
import type { Person } from '../access/caller.ts'
import { personOf } from '../access/person-of.ts'
import type { Handler } from '../node/handler.ts'
import type { RecallRequest } from '../ports/store/message-store.ts'
import type { Store } from '../ports/store.ts'
import { knownMessage } from './known-message.ts'

export const messageRecall: Handler<'message.recall'> = ({ store, settings }, { caller }, { messageId }) =>
  takeBack(store, personOf(caller), messageId, settings.recallWindowMs)

/**
 * By its sender. Who may know of the message learns that it is not the sender, whoever else that it is not there (M23).
 * Where the sender takes no part any more but may know, as staff and automatic senders do, its part is not asked for.
 */
export async function takeBack(
  store: Store,
  caller: Person,
  messageId: string,
  withinMs: number | null,
): Promise<Message> {
  const { userId } = caller
  const { message, takesPart } = await knownMessage(store, caller, messageId, ['party', 'staff'])
  if (message.senderId !== userId) throw new Failure('forbidden')
  const senderId = takesPart ? userId : null
  return emptied(store, { messageId, senderId, withinMs, byId: userId, audit: null })
}

/** The tombstone; a refusal is thrown. */
export async function emptied(store: Pick<Store, 'recall'>, request: RecallRequest): Promise<Message> {
  const result = await store.recall(request)
  if (result.kind === 'refused') throw new Failure(result.code)
  return result.message
}
