import { addChange, type Draft, type OperatorDraft, type SessionDraft, setPart } from './draft.ts'
import { insertByQueue } from './queue-order.ts'

function leaveQueue(draft: Draft, session: SessionDraft): void {
  const place = draft.waiting.indexOf(session)
  if (place >= 0) draft.waiting.splice(place, 1)
}

/** The operator's place is free again; its part in the session goes on until a change says otherwise. */
function freePlace(draft: Draft, session: SessionDraft): string | null {
  if (session.status !== 'active' || session.operatorId === null) return null
  const operator = draft.operators.get(session.operatorId)
  if (operator) operator.load -= 1
  draft.effects.operators.add(session.operatorId)
  return session.operatorId
}

const operatorPart = (sessionId: string, userId: string, joined: boolean, change: number) =>
  ({ sessionId, userId, role: 'operator', joined, change }) as const

/** Gives the session to the operator, from the queue or from the one who holds it: one change (S10). */
export function giveTo(draft: Draft, session: SessionDraft, operator: OperatorDraft): void {
  const previousOperatorId = freePlace(draft, session)
  leaveQueue(draft, session)
  operator.load += 1
  draft.lastAssignedAt = Math.max(draft.view.now, draft.lastAssignedAt + 1)
  operator.lastAssignedAt = draft.lastAssignedAt
  draft.effects.operators.add(operator.id)
  session.status = 'active'
  session.operatorId = operator.id
  session.avoidOperatorId = null
  session.returned = false
  session.assignedAt ??= draft.view.now
  const change = addChange(draft, session, { kind: 'assigned', operatorId: operator.id, previousOperatorId })
  if (previousOperatorId !== null) setPart(draft, operatorPart(session.id, previousOperatorId, false, change))
  setPart(draft, operatorPart(session.id, operator.id, true, change))
}

/** Back to the head of the queue. `avoid`: its operator handed it back, and is not given it again by itself (A10). */
export function giveBack(draft: Draft, session: SessionDraft, avoid: boolean): void {
  const previousOperatorId = freePlace(draft, session)
  session.status = 'waiting'
  session.operatorId = null
  session.avoidOperatorId = avoid ? previousOperatorId : null
  session.returned = true
  insertByQueue(draft.waiting, session)
  const change = addChange(draft, session, { kind: 'waiting', previousOperatorId })
  if (previousOperatorId !== null) setPart(draft, operatorPart(session.id, previousOperatorId, false, change))
}

/** All that the operator holds goes back, in the queue's order. */
export function giveBackAll(draft: Draft, operatorId: string): void {
  const held = [...draft.sessions.values()].filter(s => s.status === 'active' && s.operatorId === operatorId)
  for (const session of held) giveBack(draft, session, false)
}

/** The operator stays the session's, as the one who held it last (S6). */
export function endSession(
  draft: Draft,
  session: SessionDraft,
  endedBy: string | null,
  reason: string | null,
): void {
  freePlace(draft, session)
  leaveQueue(draft, session)
  session.status = 'ended'
  session.endedAt = draft.view.now
  session.endedBy = endedBy
  session.endReason = reason
  if (session.userId !== null && draft.openSessionOf.get(session.userId) === session.id) {
    draft.openSessionOf.delete(session.userId)
  }
  addChange(draft, session, { kind: 'ended', endedBy, reason })
}
