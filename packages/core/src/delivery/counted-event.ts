import type { Happening, Message, OperatorCard, Session } from '@parley/contracts'
import type { SessionChange } from '../ports/store/message-store.ts'

/** An event that shows a session's change and carries its number. */
export type CountedEvent = Extract<Happening, { data: { change: number; sessionId: string } }>

/** `change` is the message's own, or, when the log is read again, the one that is told. */
export const messageEvent = (message: Message, change: number): CountedEvent => ({
  name: 'message.created',
  data: { sessionId: message.sessionId, change, message },
})

/**
 * A change of the session itself, told with the session as it is now: which may be later than the change.
 * `operator` is who it was assigned to then.
 */
export function sessionEvent(
  session: Session,
  change: number,
  what: SessionChange,
  operator: OperatorCard | null,
): CountedEvent {
  const common = { sessionId: session.id, change, session }
  switch (what.kind) {
    case 'assigned': {
      const card = operator ?? { id: what.operatorId, name: what.operatorId, avatar: null }
      return {
        name: 'session.assigned',
        data: { ...common, operator: card, previousOperatorId: what.previousOperatorId },
      }
    }
    case 'waiting':
      // It comes back to the head of the queue; where it no longer waits, that is where it was.
      return {
        name: 'session.waiting',
        data: {
          ...common,
          position: session.queuePosition ?? 1,
          previousOperatorId: what.previousOperatorId,
        },
      }
    case 'ended':
      return {
        name: 'session.ended',
        data: {
          ...common,
          endedBy: what.endedBy,
          reason: what.reason,
          endedAt: session.endedAt ?? session.updatedAt,
        },
      }
    case 'participants':
      return {
        name: 'participants.changed',
        data: {
          ...common,
          added: [...what.added],
          removed: [...what.removed],
          ...(what.identified && { identified: { ...what.identified, userName: session.userName } }),
        },
      }
  }
}
