import type { Input } from '@parley/contracts'
import { invalid } from '../access/invalid.ts'
import { accessSession } from '../access/session-access.ts'
import type { Handler } from '../node/handler.ts'
import type { MessageRange } from '../ports/store/message-store.ts'

function rangeOf({ page, limit, beforeSeq, afterSeq }: Input<'message.list'>): MessageRange {
  if (beforeSeq !== undefined && afterSeq !== undefined) throw invalid('afterSeq', 'excludes beforeSeq')
  if (beforeSeq !== undefined) return { kind: 'before', seq: beforeSeq, limit }
  if (afterSeq !== undefined) return { kind: 'after', seq: afterSeq, limit }
  return { kind: 'page', page, limit }
}

export const messageList: Handler<'message.list'> = async ({ store }, { caller }, input) => {
  const { sessionId, page, limit } = input
  const range = rangeOf(input)
  const { visibleAfterSeq } = await accessSession(store, caller, sessionId, ['party', 'staff', 'key'])
  const { items, total } = await store.messages(sessionId, range, visibleAfterSeq)
  return { items, pagination: { page, limit, total, totalPages: Math.ceil(total / limit) } }
}
