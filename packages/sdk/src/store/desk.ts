import type { LinkEvent } from '../connection/link.ts'
import type { SessionList } from '../contract-types.ts'
import type { Core } from './core.ts'
import { createList, type LiveList } from './lists.ts'
import { createOperators } from './operators.ts'

/** What staff watch. */
export function createDesk(core: Core) {
  const lists = new Map<SessionList, LiveList>()
  const list = (name: SessionList): LiveList => {
    const known = lists.get(name) ?? createList(core, name)
    lists.set(name, known)
    return known
  }
  const operators = createOperators(core, list('mine'))
  return {
    list,
    operators,
    event(event: LinkEvent): boolean {
      switch (event.name) {
        case 'operator.changed':
          operators.changed(event.operator)
          return true
        case 'session.listed':
        case 'session.unlisted':
          lists.get(event.list)?.event(event)
          return true
        default:
          return false
      }
    },
    online() {
      for (const each of lists.values()) each.online()
      operators.online()
    },
    read(sessionId: string, seq: number) {
      for (const each of lists.values()) each.read(sessionId, seq)
    },
    reset() {
      for (const each of lists.values()) each.reset()
      operators.reset()
    },
  }
}
