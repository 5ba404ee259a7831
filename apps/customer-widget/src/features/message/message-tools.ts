import type { Quote, SessionHandle, TimelineMessage } from '@parley/sdk'

/** What a message needs of the timeline that it stands in. */
export interface MessageTools {
  readonly handle: SessionHandle
  /** Nothing can be written any more. */
  readonly isOver: boolean
  readonly nameOf: (message: TimelineMessage | Quote) => string
  /** Asks, and takes it back. */
  readonly recall: (messageId: string) => void
  /** Goes to a message, by its id. */
  readonly goTo: (messageId: string) => void
}
