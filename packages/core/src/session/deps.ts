import type { Hubs } from '../delivery/hubs.ts'
import type { QueuePositions } from '../delivery/queue-positions.ts'
import type { DeliveredMarks } from '../message/delivered-marks.ts'
import type { Store } from '../ports/store.ts'

/** What the operations need that let a connection hear sessions. */
export interface HearingDeps {
  readonly store: Store
  readonly hubs: Hubs
  readonly positions: QueuePositions
  readonly marks: DeliveredMarks
  /** For doors that don't say when an answer is out. */
  readonly later: (task: () => void) => void
}
