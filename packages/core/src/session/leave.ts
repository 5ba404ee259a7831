import type { Hubs } from '../delivery/hubs.ts'
import type { Handler } from '../node/handler.ts'

export function sessionLeave(hubs: Hubs): Handler<'session.leave'> {
  return (_deps, { connection }, { sessionId }) => {
    if (connection) hubs.leave(sessionId, connection.id)
    return Promise.resolve({ sessionId })
  }
}
