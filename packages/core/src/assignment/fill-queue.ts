import type { Draft } from './draft.ts'
import { giveTo } from './moves.ts'
import { hasRoom, mayBeGiven, pickOperator } from './pick-operator.ts'

/** First come, first served, over who may take whom (A3, A5). */
export function fillQueue(draft: Draft): void {
  const operators = [...draft.operators.values()]
  if (!operators.some(hasRoom)) return
  for (const session of [...draft.waiting]) {
    const candidates = operators.filter(operator => mayBeGiven(session, operator))
    const operator = pickOperator(session.strategy ?? draft.strategy, candidates)
    if (operator) giveTo(draft, session, operator)
    if (!operators.some(hasRoom)) return
  }
}
