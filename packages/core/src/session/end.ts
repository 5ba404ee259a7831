import { readerOf } from '../access/reader.ts'
import { accessSession } from '../access/session-access.ts'
import { actorOf } from '../access/who-acts.ts'
import { decide } from '../assignment/decide.ts'
import type { Handler } from '../node/handler.ts'
import { readSession } from './read-session.ts'

export const sessionEnd: Handler<'session.end'> = async ({ store }, context, { sessionId, reason }) => {
  const { caller, requestId } = context
  await accessSession(store, caller, sessionId, ['party', 'admin', 'key'])
  await decide(store, { kind: 'end', sessionId, reason: reason ?? null, actor: actorOf(context), requestId })
  return readSession(store, sessionId, readerOf(caller))
}
