import { Failure, type Input, type Message } from '@parley/contracts'
import { invalid } from '../access/invalid.ts'
import { personOf } from '../access/person-of.ts'
import { accessSession, type KnownSession } from '../access/session-access.ts'
import { markRead } from '../message/mark-read.ts'
import type { Handler } from '../node/handler.ts'
import type { Store } from '../ports/store.ts'
import { readSession } from '../session/read-session.ts'
import { sessionWith } from './session-with.ts'

export const sessionRead: Handler<'session.read'> = async (deps, { caller }, input) => {
  const person = personOf(caller)
  const { userId } = person
  const sessionId = input.sessionId ?? (await sessionWith(deps, person, friendOf(input)))
  if (sessionId === null) return nothingToRead(input)
  const known = await accessSession(deps.store, caller, sessionId, ['party'])
  const message = await lastToRead(deps.store, known, input.messageId)
  if (message) await markRead(deps, userId, message)
  const { marks, unreadCount } = await readSession(deps.store, sessionId, userId)
  const seq = marks.find(mark => mark.userId === userId)?.readSeq ?? 0
  return { sessionId, seq, unreadCount: unreadCount ?? 0 }
}

function friendOf({ friendId }: Input<'session.read'>): string {
  if (friendId === undefined) throw invalid('sessionId', 'is required')
  return friendId
}

/** The two have no session yet, and so no message. */
function nothingToRead({ messageId }: Input<'session.read'>) {
  if (messageId !== undefined) throw new Failure('not_found')
  return { sessionId: null, seq: 0, unreadCount: 0 }
}

/** The message that is named, if the reader sees it in this session; else the last one; null: there is none. */
async function lastToRead(
  store: Pick<Store, 'message'>,
  { session, visibleAfterSeq }: KnownSession,
  messageId: string | undefined,
): Promise<Message | null> {
  if (messageId === undefined) return session.lastMessage
  const message = await store.message(messageId)
  if (message?.sessionId !== session.id || message.seq <= visibleAfterSeq) throw new Failure('not_found')
  return message
}
