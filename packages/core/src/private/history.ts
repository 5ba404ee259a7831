import { accountOf } from '../access/person-of.ts'
import { messageList, rangeOf } from '../message/list.ts'
import type { Handler } from '../node/handler.ts'
import { pageOf } from '../page-of.ts'
import { sessionWith } from './session-with.ts'

export const messageHistory: Handler<'message.history'> = async (deps, context, { friendId, ...range }) => {
  const caller = accountOf(context.caller)
  rangeOf(range)
  const sessionId = await sessionWith(deps, caller, friendId)
  return sessionId === null ? pageOf([], 0, range) : messageList(deps, context, { sessionId, ...range })
}
