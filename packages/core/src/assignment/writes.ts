import type { Draft, SessionDraft } from './draft.ts'
import { byQueue } from './queue-order.ts'
import type { SessionState, TurnView, TurnWrites } from './turn.ts'

export const noWrites = (view: TurnView): TurnWrites => ({
  released: [],
  created: [],
  sessions: [],
  operators: [],
  changes: [],
  participants: [],
  identified: [],
  queueCounter: view.queueCounter,
  strategy: null,
  audits: [],
})

/** The difference between the view and what the commands have made of it. */
export function writesOf(draft: Draft): TurnWrites {
  const before = new Map(draft.view.sessions.map(session => [session.id, session]))
  const changed = [...draft.sessions.values()].filter(session => differs(before.get(session.id), session))
  const operatorsBefore = new Map(draft.view.operators.map(operator => [operator.id, operator]))
  return {
    released: changed.filter(session => leftItsOperator(before.get(session.id), session)).map(({ id }) => id),
    created: createdBy(draft),
    sessions: freeBeforeHeld(changed),
    operators: [...draft.operators.values()].filter(operator =>
      differs(operatorsBefore.get(operator.id), operator),
    ),
    changes: draft.changes,
    participants: [...draft.participants.values()],
    identified: draft.identified,
    queueCounter: draft.queueCounter,
    strategy: draft.strategy === draft.view.strategy ? null : draft.strategy,
    audits: draft.audits,
  }
}

function createdBy(draft: Draft): TurnWrites['created'] {
  return [...draft.created.values()].flatMap(command => {
    const state = draft.sessions.get(command.sessionId)
    return state ? [{ ...command, state }] : []
  })
}

/** Is it a row that there was, with another value in any field? */
function differs<T extends object>(before: T | undefined, after: T): boolean {
  return (
    before !== undefined && Object.entries(after).some(([key, value]) => before[key as keyof T] !== value)
  )
}

const leftItsOperator = (before: SessionState | undefined, after: SessionState): boolean =>
  before?.status === 'active' && (after.status !== 'active' || after.operatorId !== before.operatorId)

const freeBeforeHeld = (sessions: SessionDraft[]): SessionDraft[] =>
  sessions.toSorted((a, b) => Number(a.status === 'active') - Number(b.status === 'active') || byQueue(a, b))
