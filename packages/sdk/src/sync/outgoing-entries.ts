import type { EntryStore, OutgoingEntry } from './outgoing-entry.ts'

/** A session's own line: its messages go one after the other. `null`: the draft's. */
export type Lane = string | null

/** The unsent messages in memory, and the same in storage, written in the order of what happened. */
export function createEntries(store: EntryStore, changed: (lane: Lane) => void) {
  let unsent: readonly OutgoingEntry[] = []
  let written: Promise<unknown> = Promise.resolve()
  const lanes = new Map<Lane, readonly OutgoingEntry[]>()

  const write = (work: () => Promise<unknown>) => {
    written = written.then(work)
  }

  const replace = (next: readonly OutgoingEntry[]) => {
    const before = new Set(unsent)
    const after = new Set(next)
    const touched = [
      ...unsent.filter(entry => !after.has(entry)),
      ...next.filter(entry => !before.has(entry)),
    ]
    unsent = next
    for (const lane of new Set(touched.map(entry => entry.sessionId))) {
      lanes.delete(lane)
      changed(lane)
    }
  }

  return {
    all: () => unsent,
    of(lane: Lane): readonly OutgoingEntry[] {
      const known = lanes.get(lane) ?? unsent.filter(entry => entry.sessionId === lane)
      lanes.set(lane, known)
      return known
    },
    find: (clientMessageId: string) => unsent.find(entry => entry.clientMessageId === clientMessageId),
    replace,
    put(...changedEntries: readonly OutgoingEntry[]) {
      for (const entry of changedEntries) if (!entry.upload) write(() => store.save(entry))
      const ids = new Set(changedEntries.map(entry => entry.clientMessageId))
      const others = unsent.filter(entry => !ids.has(entry.clientMessageId))
      replace([...others, ...changedEntries].sort((a, b) => a.writtenAt - b.writtenAt))
    },
    drop(clientMessageId: string) {
      write(() => store.remove(clientMessageId))
      replace(unsent.filter(entry => entry.clientMessageId !== clientMessageId))
    },
    written: () => written,
    /** Is it still in storage? Another tab of this browser may have sent or dropped it. */
    async kept(clientMessageId: string): Promise<boolean> {
      await written
      return store.has(clientMessageId)
    },
  }
}
