import { actingPerson, audit, type Draft, type SessionDraft } from '../draft.ts'
import { endSession } from '../moves.ts'
import type { TurnCommand } from '../turn.ts'
import { done, isRefused, supportSession, type Verdict } from '../verdict.ts'

const ABANDONED = 'abandoned'

export function end(draft: Draft, command: Extract<TurnCommand, { kind: 'end' }>): Verdict {
  const session = supportSession(draft, command.sessionId)
  if (isRefused(session)) return session
  if (session.status === 'ended') return done(session.id)
  endSession(draft, session, actingPerson(draft), command.reason)
  audit(draft, 'session.end', { kind: 'session', id: session.id, customerId: session.userId })
  return done(session.id)
}

/** Ends a session that is still abandoned now, under the lock (S15). */
export function abandon(draft: Draft, command: Extract<TurnCommand, { kind: 'abandon' }>): Verdict {
  const session = supportSession(draft, command.sessionId)
  if (isRefused(session)) return session
  if (!isAbandoned(draft, session, command)) return done(session.id)
  endSession(draft, session, null, ABANDONED)
  audit(draft, 'session.abandon', { kind: 'session', id: session.id })
  return done(session.id)
}

function isAbandoned(
  draft: Draft,
  session: SessionDraft,
  limits: { readonly waitingAfterMs: number; readonly idleAfterMs: number },
): boolean {
  const idle = draft.view.idle.get(session.id)
  if (!idle || idle.connected || session.status === 'ended') return false
  const [forMs, afterMs] =
    session.status === 'waiting'
      ? [idle.visitorGoneMs, limits.waitingAfterMs]
      : [Math.min(idle.visitorGoneMs, idle.quietMs), limits.idleAfterMs]
  return afterMs > 0 && forMs >= afterMs
}
