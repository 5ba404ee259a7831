import { Failure, isStaff } from '@parley/contracts'
import type { Hubs } from '../delivery/hubs.ts'
import type { Lists } from '../delivery/lists.ts'
import type { Watches } from '../delivery/watches.ts'
import type { CallContext } from '../node/chat-node.ts'
import type { Handler } from '../node/handler.ts'
import type { Store } from '../ports/store.ts'

interface WatchDeps {
  readonly store: Store
  readonly hubs: Hubs
  readonly watches: Watches
  readonly lists: Lists
  readonly later: (task: () => void) => void
}

const staffOf = ({ caller }: CallContext): string => {
  if (caller.kind !== 'person' || !isStaff(caller.role)) throw new Failure('forbidden')
  return caller.userId
}

/** Listens before it reads, as for a session: what has changed while the answer was due is looked at once it is out. */
export function sessionWatch(deps: WatchDeps): Handler<'session.watch'> {
  const { store, hubs, watches, lists, later } = deps
  return async (_deps, context, { list, limit }) => {
    const reader = staffOf(context)
    const connection = hubs.listening(context.connection)
    if (!connection) return { list, ...sessionsAnd(await store.listed(list, reader, limit)) }
    const watch = watches.begin(connection, list, limit)
    const afterAnswer = context.afterAnswer ?? later
    try {
      const read = () => store.listed(list, reader, limit)
      const { sessions, total } = sessionsAnd(await hubs.answers.run(connection.id, read))
      watches.show(watch, sessions)
      afterAnswer(() => lists.changed(watches.answered(watch), []))
      return { list, sessions, total }
    } catch (cause) {
      watches.end(connection.id, list, watch)
      throw cause
    }
  }
}

const sessionsAnd = ({ items, total }: Awaited<ReturnType<Store['listed']>>) => ({ sessions: items, total })
