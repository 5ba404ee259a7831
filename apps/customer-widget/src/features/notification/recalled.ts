import type { StoredMessage, TimelineMessage } from '@parley/sdk'

/** Taken back or deleted: nothing of it may be shown or told any more. */
export const isRecalled = (message: TimelineMessage): message is StoredMessage =>
  'seq' in message && message.recalled
