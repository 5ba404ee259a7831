import type { Bus } from '../ports/bus.ts'
import type { MarkMoved } from '../ports/store/message-store.ts'

/** Tells senders how far their messages have come, and all in the session, the reader's other devices too, how far somebody has read. */
export function announceMarks(
  bus: Bus,
  moved: readonly MarkMoved[],
  messageIdOf: (mark: MarkMoved) => string | null,
): void {
  for (const mark of moved) {
    tellSenders(bus, mark)
    const messageId = mark.kind === 'read' ? messageIdOf(mark) : null
    if (messageId) tellAll(bus, mark, messageId)
  }
}

function tellSenders(bus: Bus, { sessionId, senders }: MarkMoved): void {
  for (const { senderId, messageId, seq, status } of senders)
    bus.publish({
      kind: 'signal',
      sessionId,
      happening: { name: 'message.status', data: { messageId, sessionId, seq, status } },
      only: senderId,
    })
}

function tellAll(bus: Bus, { sessionId, userId, toSeq, at }: MarkMoved, messageId: string): void {
  bus.publish({
    kind: 'signal',
    sessionId,
    happening: { name: 'message.read', data: { messageId, sessionId, userId, seq: toSeq, readAt: at } },
  })
}
