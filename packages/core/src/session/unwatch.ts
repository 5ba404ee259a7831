import type { Watches } from '../delivery/watches.ts'
import type { Handler } from '../node/handler.ts'

export function sessionUnwatch(watches: Watches): Handler<'session.unwatch'> {
  return (_deps, { connection }, { list }) => {
    if (connection) watches.end(connection.id, list)
    return Promise.resolve({ list })
  }
}
