import type { FailureCode } from '../errors.ts'
import type { Storage } from '../storage.ts'
import type { SendOptions, StartInput } from '../types.ts'

/** A file that is not on the server yet. It is in memory alone: storage has no place for it. */
export interface PendingUpload {
  readonly blob: Blob
  /** Bytes that have gone. */
  readonly loaded: number
}

/** A message that the server has not acknowledged. */
export interface OutgoingEntry {
  readonly clientMessageId: string
  /** Whose; `null`: written before anybody was known here, so of whoever is known next. */
  readonly userId: string | null
  /** `null`: of the draft, whose session its first message starts. */
  readonly sessionId: string | null
  /** With what the draft is to be started. */
  readonly start: StartInput | null
  readonly text: string
  readonly options: SendOptions
  readonly upload?: PendingUpload | null
  /** When it was written, milliseconds since 1970, and no two of one device alike: the order of sending. */
  readonly writtenAt: number
  /** Why it was refused; `null` while it waits. */
  readonly failed: FailureCode | null
}

/** An unsent message this old is not sent unasked: the visitor has long forgotten it. Milliseconds. */
export const STALE_AFTER_MS = 24 * 60 * 60 * 1000

const PREFIX = 'out/'

/** One key an entry, so that tabs which share the storage never overwrite each other's. */
export function createEntryStore(storage: Storage) {
  const parse = (text: string | null): OutgoingEntry | null => {
    try {
      const entry = JSON.parse(text ?? 'null') as OutgoingEntry | null
      return typeof entry?.clientMessageId === 'string' ? entry : null
    } catch {
      // Not ours, or cut off: not worth keeping the rest from being sent.
      return null
    }
  }
  return {
    save: (entry: OutgoingEntry) => storage.set(PREFIX + entry.clientMessageId, JSON.stringify(entry)),
    remove: (clientMessageId: string) => storage.remove(PREFIX + clientMessageId),
    has: async (clientMessageId: string) => (await storage.get(PREFIX + clientMessageId)) !== null,
    async all(): Promise<OutgoingEntry[]> {
      const keys = await storage.keys(PREFIX)
      const entries = await Promise.all(keys.map(async key => parse(await storage.get(key))))
      return entries.filter(entry => entry !== null).sort((a, b) => a.writtenAt - b.writtenAt)
    },
  }
}

export type EntryStore = ReturnType<typeof createEntryStore>
