import type { Operator } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import type { Observable, OperatorsSnapshot } from '../types.ts'
import type { Core } from './core.ts'
import { createView } from './observable.ts'

export interface LiveOperators extends Observable<OperatorsSnapshot> {
  online(): void
  changed(operator: Operator): void
  reset(): void
}

/** `watched`: a live list, since `operator.changed` is told to those who watch one. */
export function createOperators(core: Core, watched: Observable<unknown>): LiveOperators {
  let byId: ReadonlyMap<string, Operator> = new Map()
  let loaded = false
  let error: ParleyError | null = null
  let stop: (() => void) | null = null
  /** What is heard while the list is on its way is newer than the list. */
  let heard = new Map<string, Operator>()

  const view = createView<OperatorsSnapshot>(
    () => ({
      operators: [...byId.values()].sort((a, b) => a.name.localeCompare(b.name)),
      loading: !loaded && !error,
      error,
    }),
    used => {
      stop?.()
      stop = used ? watched.subscribe(() => undefined) : null
      if (used && core.connection.isOnline()) void load()
    },
  )

  const load = async () => {
    heard = new Map()
    try {
      const operators = await core.call('operator.list')
      byId = new Map([...operators.map((o): [string, Operator] => [o.id, o]), ...heard])
      loaded = true
      error = null
    } catch (reason) {
      // The list that was there stays; the next connection asks again.
      error = ParleyError.of(reason)
    }
    view.changed()
  }

  return {
    subscribe: view.subscribe,
    getSnapshot: view.getSnapshot,
    online() {
      if (stop) void load()
    },
    changed(operator) {
      heard.set(operator.id, operator)
      byId = new Map(byId).set(operator.id, operator)
      view.changed()
    },
    reset() {
      byId = new Map()
      loaded = false
      error = null
      view.changed()
    },
  }
}
