import type { Operator } from '@parley/contracts'
import { useMe, useOperators } from '@parley/sdk/react'

/** The signed-in person as an operator; `null` for staff outside the pool that sessions are assigned to. */
export function useMyself(): Operator | null {
  const me = useMe()
  const { operators } = useOperators()
  return operators.find(operator => operator.id === me?.id) ?? null
}
