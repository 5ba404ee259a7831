import type { Handler } from '../node/handler.ts'
import type { Inboxes } from './inboxes.ts'

export function inboxOpen(inboxes: Inboxes, later: (task: () => void) => void): Handler<'inbox.open'> {
  return async (_deps, { connection, afterAnswer }) => {
    if (connection) await inboxes.open(connection, { backlog: false }, afterAnswer ?? later)
    return {}
  }
}
