import { inboxOpen } from '../inbox/open.ts'
import { messageRead } from '../message/read.ts'
import { sessionJoin } from '../session/join.ts'
import { sessionLeave } from '../session/leave.ts'
import { sessionSync } from '../session/sync.ts'
import { sessionUnwatch } from '../session/unwatch.ts'
import { sessionWatch } from '../session/watch.ts'
import { typingSet } from '../typing/set.ts'
import type { Handlers } from './handler.ts'
import type { Parts } from './parts.ts'

export type HearingOperation =
  | 'inbox.open'
  | 'session.join'
  | 'session.leave'
  | 'session.sync'
  | 'session.watch'
  | 'session.unwatch'
  | 'message.read'
  | 'typing.set'

/** The operations that are about this node's connections. */
export function hearingHandlers(parts: Parts): Handlers<HearingOperation> {
  const { store, hubs, inboxes, rooms, positions, marks, watches, lists, typing, background } = parts
  const later = (task: () => void) => {
    background.after(0, task)
  }
  return {
    'inbox.open': inboxOpen(inboxes, later),
    'session.join': sessionJoin({ store, hubs, positions, later }),
    'session.leave': sessionLeave({ hubs, inboxes, rooms }),
    'session.sync': sessionSync({ store, hubs, positions, marks, later }),
    'session.watch': sessionWatch({ store, hubs, watches, lists, later }),
    'session.unwatch': sessionUnwatch(watches),
    'message.read': messageRead,
    'typing.set': typingSet(hubs, typing),
  }
}
