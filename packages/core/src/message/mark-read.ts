import type { Message } from '@parley/contracts'
import type { Deps } from '../node/handler.ts'
import { announceMarks } from './announce-marks.ts'

/** Reading a message reads all before it (M13); told to its senders and to the session. */
export async function markRead(
  { store, bus }: Pick<Deps, 'store' | 'bus'>,
  userId: string,
  { id, sessionId, seq }: Message,
): Promise<void> {
  const moved = await store.mark([{ sessionId, userId, kind: 'read', from: 1, to: seq }])
  announceMarks(bus, moved, mark => (mark.toSeq === seq ? id : null))
}
