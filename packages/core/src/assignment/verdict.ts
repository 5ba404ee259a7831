import type { ErrorCode } from '@parley/contracts'
import type { Draft, OperatorDraft, SessionDraft } from './draft.ts'
import { hasRoom } from './pick-operator.ts'

/** How a command came out, before the queue is served. */
export type Verdict =
  | { readonly kind: 'done'; readonly sessionId: string | null; readonly created: boolean }
  | Refused
export interface Refused {
  readonly kind: 'refused'
  readonly code: ErrorCode
}

export const refused = (code: ErrorCode): Refused => ({ kind: 'refused', code })
export const done = (sessionId: string | null = null): Verdict => ({
  kind: 'done',
  sessionId,
  created: false,
})

export const isRefused = (value: SessionDraft | OperatorDraft | Refused): value is Refused =>
  'kind' in value && value.kind === 'refused'

/** A session that can be assigned, handed back or ended (S8). */
export function supportSession(draft: Draft, sessionId: string): SessionDraft | Refused {
  const session = draft.sessions.get(sessionId)
  if (!session) return refused('not_found')
  return session.type === 'support' ? session : refused('conflict')
}

/** The operator that a command names for a session, if it can take one (A12). */
export function namedOperator(draft: Draft, operatorId: string): OperatorDraft | Refused {
  const operator = draft.operators.get(operatorId)
  if (!operator) return refused('not_found')
  if (!operator.isActive || operator.status !== 'online') return refused('no_operator_available')
  return hasRoom(operator) ? operator : refused('operator_at_capacity')
}
