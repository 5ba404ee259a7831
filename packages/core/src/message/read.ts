import { Failure } from '@parley/contracts'
import { accessSession } from '../access/session-access.ts'
import { whoActs } from '../access/who-acts.ts'
import type { Handler } from '../node/handler.ts'
import { announceMarks } from './announce-marks.ts'

/** Reading a message reads all before it (M13). To the reader it answers with the message as it stands then. */
export const messageRead: Handler<'message.read'> = async ({ store, bus }, { caller }, input) => {
  const userId = whoActs(caller, input.userId)
  const message = await store.message(input.messageId)
  if (!message) throw new Failure('not_found')
  const { sessionId, seq } = message
  const { visibleAfterSeq } = await accessSession(store, caller, sessionId, ['party'])
  if (seq <= visibleAfterSeq) throw new Failure('not_found')
  const moved = await store.mark([{ sessionId, userId, kind: 'read', from: 1, to: seq }])
  announceMarks(bus, moved, mark => (mark.toSeq === seq ? message.id : null))
  return (await store.message(message.id)) ?? message
}
