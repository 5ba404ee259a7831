import { audit, type Draft, type SessionDraft, setPart } from '../draft.ts'
import { giveTo } from '../moves.ts'
import { insertByQueue } from '../queue-order.ts'
import type { StartCommand } from '../turn.ts'
import { done, isRefused, namedOperator, refused, type Verdict } from '../verdict.ts'

/** The roles that may have a support session (S1). */
const CUSTOMER_ROLES: ReadonlySet<string> = new Set(['visitor', 'user'])

const waitingFrom = (draft: Draft, command: StartCommand): SessionDraft => ({
  id: command.sessionId,
  type: 'support',
  status: 'waiting',
  userId: command.userId,
  operatorId: null,
  avoidOperatorId: null,
  strategy: command.strategy,
  queueNo: draft.queueCounter,
  returned: false,
  waitingSince: draft.view.now,
  assignedAt: null,
  endedAt: null,
  endedBy: null,
  endReason: null,
  lastChange: 0,
})

export function start(draft: Draft, command: StartCommand): Verdict {
  const role = draft.view.roleOf.get(command.userId)
  if (role !== undefined && !CUSTOMER_ROLES.has(role)) return refused('validation_failed')
  const open = draft.openSessionOf.get(command.userId)
  if (open !== undefined) return done(open)
  const operator = command.operatorId === null ? null : namedOperator(draft, command.operatorId)
  if (operator && isRefused(operator)) return operator
  const session = makeSession(draft, command)
  if (operator) giveTo(draft, session, operator)
  return { kind: 'done', sessionId: session.id, created: true }
}

function makeSession(draft: Draft, command: StartCommand): SessionDraft {
  draft.queueCounter += 1
  const session = waitingFrom(draft, command)
  draft.sessions.set(session.id, session)
  draft.created.set(session.id, command)
  draft.openSessionOf.set(command.userId, session.id)
  insertByQueue(draft.waiting, session)
  setPart(draft, { sessionId: session.id, userId: command.userId, role: 'visitor', joined: true, change: 0 })
  draft.effects.touched.add(session.id)
  audit(draft, 'session.start', { kind: 'session', id: session.id, customerId: command.userId })
  return session
}
