import type { Session } from '@parley/contracts'
import { readerOf } from '../access/reader.ts'
import { actorOf } from '../access/who-acts.ts'
import { decide } from '../assignment/decide.ts'
import type { StartCommand } from '../assignment/turn.ts'
import type { CallContext } from '../node/chat-node.ts'
import type { Deps } from '../node/handler.ts'
import { readSession } from './read-session.ts'

type Wish = Omit<StartCommand, 'kind' | 'sessionId'>

/** The customer's open session, or a new one (S2, S3). */
export async function openSession(
  { store, ids }: Deps,
  context: CallContext,
  wish: Wish,
): Promise<{ session: Session; created: boolean }> {
  const { sessionId, created } = await decide(store, {
    ...wish,
    kind: 'start',
    sessionId: ids.next(),
    actor: actorOf(context, wish.userId),
    requestId: context.requestId,
  })
  return { session: await readSession(store, sessionId, readerOf(context.caller)), created }
}
