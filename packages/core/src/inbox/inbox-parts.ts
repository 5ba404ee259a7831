import type { Hubs } from '../delivery/hubs.ts'
import type { DeliveredMarks } from '../message/delivered-marks.ts'
import type { Background } from '../node/background.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { Connections } from '../presence/connections.ts'

/** What inboxes need of their node. */
export interface InboxParts {
  readonly store: Store
  readonly hubs: Hubs
  readonly marks: DeliveredMarks
  readonly connections: Connections
  readonly background: Background
  readonly clock: Clock
}
