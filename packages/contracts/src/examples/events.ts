import type { EventExamples } from './define.ts'
import {
  card,
  endedSession,
  ids,
  message,
  operator,
  session,
  times,
  userId,
  waitingSession,
} from './entities.ts'

const sessionId = ids.session
const present = { sessionId, userId, userType: 'user' as const }

export const eventExamples: EventExamples = {
  'message.created': { sessionId, change: 2, message },
  'message.read': { messageId: ids.message, sessionId, userId: ids.operator, seq: 1, readAt: times.sent },
  'message.status': { messageId: ids.message, sessionId, seq: 1, status: 'delivered' },
  'session.assigned': { sessionId, change: 1, session, operator: card, previousOperatorId: null },
  'session.waiting': {
    sessionId,
    change: 3,
    session: waitingSession,
    position: 1,
    previousOperatorId: ids.operator,
  },
  'session.ended': {
    sessionId,
    change: 3,
    session: endedSession,
    endedBy: userId,
    reason: 'solved',
    endedAt: times.ended,
  },
  'participants.changed': { sessionId, change: 3, session, added: ['customer-4712'], removed: [] },
  'session.listed': { list: 'queue', session: waitingSession },
  'session.unlisted': { list: 'queue', sessionId },
  'queue.position': { sessionId, position: 3, estimate: { fromMs: 240_000, toMs: 420_000 } },
  'user.joined': present,
  'user.left': present,
  'typing.changed': { ...present, isTyping: true },
  'operator.changed': { operator },
  'login.ended': { userId },
}
