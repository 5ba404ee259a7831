import type { By } from '../../ports/store/by.ts'
import type { SessionChange } from '../../ports/store/message-store.ts'
import type { SessionRow, State } from './state.ts'

/** Counts one change of the session and keeps what it was. */
export function addChange(state: State, session: SessionRow, what: SessionChange): number {
  session.lastChange += 1
  session.updatedAt = state.now()
  session.changes.push({ change: session.lastChange, what })
  return session.lastChange
}

export function audit(
  state: State,
  by: By | null,
  action: string,
  sessionId: string,
  data: Readonly<Record<string, unknown>> = {},
): void {
  if (by) state.audits.push({ ...by, action, targetKind: 'session', targetId: sessionId, data })
}
