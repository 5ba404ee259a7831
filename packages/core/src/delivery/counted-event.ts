import type { Happening, Message, OperatorCard, Session } from '@parley/contracts'
import type { SessionChange } from '../ports/store/message-store.ts'

/** An event that shows a session's change and carries its number. */
export type CountedEvent = Extract<Happening, { data: { change: number; sessionId: string } }>

/** `change` is the message's own, or, when the log is read again, the one that is told. */
export const messageEvent = (message: Message, change: number): CountedEvent => ({
  name: 'message.created',
  data: { sessionId: message.sessionId, change, message },
})

export type MessageChange = Extract<SessionChange, { kind: 'recalled' | 'reacted' }>

/** One that touches a message is told without the session: all that it tells is in the log. */
export const touchesMessage = (what: SessionChange): what is MessageChange =>
  what.kind === 'recalled' || what.kind === 'reacted'

export function messageChangeEvent(sessionId: string, change: number, what: MessageChange): CountedEvent {
  const common = { sessionId, change, messageId: what.messageId, seq: what.seq }
  if (what.kind === 'recalled') return { name: 'message.recalled', data: { ...common, byId: what.byId } }
  const { userId, emoji, added, reactions } = what
  return { name: 'message.reacted', data: { ...common, userId, emoji, added, reactions } }
}

/**
 * The session as an event for many may show it (D20): not the last message of a group that does not show its
 * history, nor to who was removed what may have been written since.
 */
function forMany(session: Session, what: SessionChange): Session {
  const hides = session.type === 'group' && !session.showsHistory
  const removes = session.type !== 'support' && what.kind === 'participants' && what.removed.length > 0
  return hides || removes ? { ...session, lastMessage: null } : session
}

/**
 * A change of the session itself, told with the session as it is now: which may be later than the change.
 * `operator` is who it was assigned to then.
 */
export function sessionEvent(
  session: Session,
  change: number,
  what: Exclude<SessionChange, MessageChange>,
  operator: OperatorCard | null,
): CountedEvent {
  const common = { sessionId: session.id, change, session: forMany(session, what) }
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
    case 'updated':
      return { name: 'session.updated', data: common }
  }
}
