import type { Input } from '@parley/contracts'
import { invalid } from '../access/invalid.ts'
import type { CallContext } from '../node/chat-node.ts'
import type { Deps } from '../node/handler.ts'
import type { Store } from '../ports/store.ts'
import { openPrivate } from '../private/open-private.ts'

type Wish = Pick<Input<'message.send'>, 'sessionId' | 'receiverId' | 'replyTo'>

/** The session that the message goes into: the one that is named, else the private one with the receiver (M28). */
export async function targetOf(
  deps: Deps,
  context: CallContext,
  senderId: string,
  wish: Wish,
): Promise<string> {
  const { sessionId, receiverId } = wish
  if (receiverId === undefined) return named(sessionId)
  if (receiverId === senderId) throw invalid('receiverId', 'must be another person')
  if (sessionId === undefined) return withReceiver(deps, context, [senderId, receiverId], wish)
  await checkReceiver(deps.store, sessionId, senderId, receiverId)
  return sessionId
}

function named(sessionId: string | undefined): string {
  if (sessionId === undefined) throw invalid('sessionId', 'is required')
  return sessionId
}

/** Found before it is opened: writing into one that is there brings nobody together. */
async function withReceiver(
  deps: Deps,
  context: CallContext,
  pair: readonly [string, string],
  { replyTo }: Wish,
): Promise<string> {
  const known = await deps.store.privateSession(...pair)
  if (known !== null) return known
  if (replyTo !== undefined) throw invalid('replyTo', 'must be a message of this session')
  return (await openPrivate(deps, context, pair, pair[0])).sessionId
}

/** Of a session that the sender takes no part in, nothing is told here: the append refuses it. */
async function checkReceiver(
  store: Pick<Store, 'sessions'>,
  sessionId: string,
  senderId: string,
  receiverId: string,
): Promise<void> {
  const [session] = await store.sessions([sessionId], null)
  if (session?.type !== 'private' || !session.participants.includes(senderId)) return
  if (!session.participants.includes(receiverId))
    throw invalid('receiverId', 'must be the other one of this session')
}
