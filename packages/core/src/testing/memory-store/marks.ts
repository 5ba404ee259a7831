import type { MarkMoved, MarkRequest, MessageStore } from '../../ports/store/message-store.ts'
import { statusOf } from './message-status.ts'
import { isoTime, type MessageRow, type PartRow, presentPart, type SessionRow, type State } from './state.ts'
import type { Sync } from './sync.ts'

export const marks = (state: State): Pick<Sync<MessageStore>, 'mark'> => ({
  mark: requests => requests.flatMap(request => move(state, request)),
})

function move(state: State, { sessionId, userId, kind, from, to: wanted }: MarkRequest): MarkMoved[] {
  const session = state.sessions.get(sessionId)
  const part = presentPart(session, userId)
  if (!session || !part) return []
  const to = Math.min(wanted, session.lastSeq)
  const last = kind === 'read' ? part.readSeq : part.deliveredSeq
  const behindAHole = kind === 'delivered' && from > last + 1
  if (to <= last || behindAHole) return []
  const now = state.now()
  const run = session.messages.filter(m => m.seq > last && m.seq <= to && m.senderId !== userId)
  const before = run.map(message => statusOf(session, message))
  if (kind === 'read') markRead(session, part, to, now)
  else part.deliveredSeq = to
  const raised = run.filter((message, index) => statusOf(session, message) !== before[index])
  return [
    {
      sessionId,
      userId,
      kind,
      fromSeq: last + 1,
      toSeq: to,
      at: isoTime(now),
      senders: newest(session, raised),
    },
  ]
}

/** For each sender and status the newest. */
function newest(session: SessionRow, raised: readonly MessageRow[]): MarkMoved['senders'] {
  const senders = new Map<string, MarkMoved['senders'][number]>()
  for (const message of raised) {
    const { senderId, id: messageId, seq } = message
    const status = statusOf(session, message)
    if (status !== 'sent') senders.set(`${status} ${senderId}`, { senderId, messageId, seq, status })
  }
  return [...senders.values()]
}

/** Up to `seq` all is received and read (M12, M13); when, is kept if there was anything of others. */
export function markRead(session: SessionRow, part: PartRow, seq: number, now: number): void {
  const news = session.messages.some(m => m.seq > part.readSeq && m.seq <= seq && m.senderId !== part.userId)
  if (news) part.reads.push({ seq, at: now })
  part.readSeq = Math.max(part.readSeq, seq)
  part.deliveredSeq = Math.max(part.deliveredSeq, seq)
}
