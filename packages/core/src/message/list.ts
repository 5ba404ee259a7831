import type { Input } from '@parley/contracts'
import { invalid } from '../access/invalid.ts'
import { accessSession } from '../access/session-access.ts'
import type { Handler } from '../node/handler.ts'
import { pageOf } from '../page-of.ts'
import type { MessageRange } from '../ports/store/message-store.ts'

type Wish = Omit<Input<'message.list'>, 'sessionId'>

export function rangeOf({ page, limit, beforeSeq, afterSeq }: Wish): MessageRange {
  if (beforeSeq !== undefined && afterSeq !== undefined) throw invalid('afterSeq', 'excludes beforeSeq')
  if (beforeSeq !== undefined) return { kind: 'before', seq: beforeSeq, limit }
  if (afterSeq !== undefined) return { kind: 'after', seq: afterSeq, limit }
  return { kind: 'page', page, limit }
}

export const messageList: Handler<'message.list'> = async ({ store }, { caller }, input) => {
  const { sessionId } = input
  const range = rangeOf(input)
  const { visibleAfterSeq } = await accessSession(store, caller, sessionId, ['party', 'staff', 'key'])
  const { items, total } = await store.messages(sessionId, range, visibleAfterSeq)
  return pageOf(items, total, input)
}
