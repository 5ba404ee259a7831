import type { OperatorCard } from '@parley/contracts'
import { visibleName } from '@parley/design/names'
import { useOperators } from '@parley/sdk/react'

/** The name of an operator by id; `null`: nobody knows one. `card` is asked too: it may be of one who has left. */
export function useOperatorName(): (id: string | null, card?: OperatorCard | null) => string | null {
  const { operators } = useOperators()
  return (id, card = null) => {
    const known = operators.find(operator => operator.id === id)
    return visibleName(known?.name) ?? visibleName(card?.id === id ? card?.name : null)
  }
}
