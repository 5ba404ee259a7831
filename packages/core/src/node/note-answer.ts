import type { Message, Pagination } from '@parley/contracts'
import { seqRuns } from '../message/seq-runs.ts'
import type { CallContext } from './chat-node.ts'
import type { Parts } from './parts.ts'

/**
 * A list of messages that goes to a person is delivered with its answer: at once over a request of its own, over a
 * connection when the pong has come to a ping that was sent after it. (Joining and syncing see to it themselves.)
 */
export function noteMessageList(
  { marks, background }: Pick<Parts, 'marks' | 'background'>,
  { caller, connection, afterAnswer }: CallContext,
  { items }: { items: readonly Message[]; pagination: Pagination },
): void {
  const [first] = items
  if (caller.kind !== 'person' || !first) return
  const { sessionId } = first
  const runs = seqRuns(items)
  if (!connection) marks.fetched(caller.userId, sessionId, runs)
  else {
    const later = (task: () => void) => background.after(0, task)
    const whenOut = afterAnswer ?? later
    whenOut(() => marks.answered(connection, sessionId, runs))
  }
}
