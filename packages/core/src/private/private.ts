import type { Session } from '@parley/contracts'
import { demand } from '../access/may.ts'
import { readerOf } from '../access/reader.ts'
import type { Handler } from '../node/handler.ts'
import { readSession } from '../session/read-session.ts'
import { openPrivate } from './open-private.ts'

export const sessionPrivate: Handler<'session.private'> = async (deps, context, { userId1, userId2 }) => {
  const { caller } = context
  const readerId = readerOf(caller)
  const self = readerId === userId1 || readerId === userId2
  demand(caller, ['self', 'staff', 'key'], { self })
  const { sessionId, created } = await openPrivate(deps, context, [userId1, userId2], null)
  const session = await readSession(deps.store, sessionId, readerId)
  return { session: self || caller.kind === 'key' ? session : withoutWords(session), created }
}

/** Staff who bring two together learn that they have a session, not what is said in it (I5). */
const withoutWords = (session: Session): Session => ({ ...session, lastMessage: null })
