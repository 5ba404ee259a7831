import { Failure, type Message, type Who } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import { accessSession } from '../access/session-access.ts'
import type { Store } from '../ports/store.ts'

export interface KnownMessage {
  readonly message: Message
  readonly takesPart: boolean
}

/** Automatic senders take part in nothing, but know what they have written. */
const isOwn = (caller: Caller, { senderId }: Message): boolean =>
  caller.kind === 'person' && caller.role === 'system' && caller.userId === senderId

/** The message, if the caller knows its session (I5), may do there what `who` may (I6), and sees it (M18). */
export async function knownMessage(
  store: Pick<Store, 'message' | 'sessions' | 'part'>,
  caller: Caller,
  messageId: string,
  who: readonly Who[],
): Promise<KnownMessage> {
  const message = await store.message(messageId)
  if (!message) throw new Failure('not_found')
  if (isOwn(caller, message)) return { message, takesPart: false }
  const { part, visibleAfterSeq } = await accessSession(store, caller, message.sessionId, who)
  if (message.seq <= visibleAfterSeq) throw new Failure('not_found')
  return { message, takesPart: part !== null }
}
