import { audit, type Draft, type OperatorDraft, type SessionDraft } from '../draft.ts'
import { giveBack, giveTo } from '../moves.ts'
import { mayBeGiven, pickOperator } from '../pick-operator.ts'
import type { TurnCommand } from '../turn.ts'
import {
  done,
  isRefused,
  namedOperator,
  type Refused,
  refused,
  supportSession,
  type Verdict,
} from '../verdict.ts'

type Assign = Extract<TurnCommand, { kind: 'assign' }>

export function assign(draft: Draft, command: Assign): Verdict {
  const session = openSession(draft, command.sessionId)
  if (isRefused(session)) return session
  if (command.operatorId !== null && command.operatorId === session.operatorId) return done(session.id)
  const operator = operatorFor(draft, session, command)
  if (isRefused(operator)) return operator
  const previousOperatorId = session.operatorId
  giveTo(draft, session, operator)
  audit(
    draft,
    'session.assign',
    { kind: 'session', id: session.id },
    { operatorId: operator.id, previousOperatorId },
  )
  return done(session.id)
}

/** By hand a session may go to the operator it avoids (A10, A13); by strategy it goes to another than now (A14). */
function operatorFor(draft: Draft, session: SessionDraft, command: Assign): OperatorDraft | Refused {
  if (command.operatorId !== null) {
    return command.operatorId === session.userId
      ? refused('conflict')
      : namedOperator(draft, command.operatorId)
  }
  const others = [...draft.operators.values()].filter(
    operator => operator.id !== session.operatorId && mayBeGiven(session, operator),
  )
  const strategy = command.strategy ?? session.strategy ?? draft.strategy
  return pickOperator(strategy, others) ?? refused('no_operator_available')
}

export function requeue(draft: Draft, command: Extract<TurnCommand, { kind: 'requeue' }>): Verdict {
  const session = openSession(draft, command.sessionId)
  if (isRefused(session)) return session
  if (session.status === 'waiting') return done(session.id)
  const previousOperatorId = session.operatorId
  giveBack(draft, session, true)
  audit(draft, 'session.requeue', { kind: 'session', id: session.id }, { previousOperatorId })
  return done(session.id)
}

function openSession(draft: Draft, sessionId: string): SessionDraft | Refused {
  const session = supportSession(draft, sessionId)
  return !isRefused(session) && session.status === 'ended' ? refused('session_ended') : session
}
