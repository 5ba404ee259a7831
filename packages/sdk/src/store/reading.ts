import { ParleyError } from '../errors.ts'
import type { SessionState } from '../sync/session-state.ts'
import type { Core } from './core.ts'

export interface ReadingDeps {
  readonly core: Pick<Core, 'connection' | 'me'>
  readonly state: () => SessionState
  /** The caller has read up to `seq`, here and now. */
  readonly read: (seq: number) => void
}

/** The caller's own read mark: moved here at once, told to the server when there is a connection. */
export function createReading({ core, state, read }: ReadingDeps) {
  /** As far as the caller has read, and as far as the server was told or need not know. */
  let wanted = 0
  let told = 0
  let telling = false

  const mark = () => state().marks.find(({ userId }) => userId === core.me()?.id)?.readSeq ?? 0

  /** The newest message of somebody else that is read and that the server does not know to be. */
  const next = () => {
    const known = Math.max(mark(), told)
    const me = core.me()?.id
    return state().messages.findLast(({ seq, senderId }) => seq > known && seq <= wanted && senderId !== me)
  }

  const tellOne = async (messageId: string, seq: number) => {
    try {
      await core.connection.request('message.read', { messageId })
      told = Math.max(told, seq)
    } catch (error) {
      // Refused for good (it is gone, or not ours to mark): asking again would change nothing.
      if (error instanceof ParleyError && !error.retry) told = Math.max(told, seq)
      return false
    }
    return true
  }

  /** Tells the server; without a connection, the next one calls this again. */
  const flush = async () => {
    const message = next()
    if (!message || telling || !core.connection.isOnline()) return
    telling = true
    const more = await tellOne(message.id, message.seq)
    telling = false
    if (more) void flush()
  }

  return {
    seq: () => Math.max(mark(), wanted),
    upTo(seq: number) {
      const last = state().messages.at(-1)?.seq ?? 0
      const target = Math.min(seq, last)
      if (target <= Math.max(mark(), wanted)) return
      wanted = target
      read(target)
      void flush()
    },
    flush: () => void flush(),
    reset() {
      wanted = 0
      told = 0
    },
  }
}
