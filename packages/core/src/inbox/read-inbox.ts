import { Backfill } from '../delivery/backfill.ts'
import type { Hubs } from '../delivery/hubs.ts'
import type { Connection } from '../ports/connection.ts'
import type { InboxEntry } from '../ports/store/session-store.ts'
import type { Store } from '../ports/store.ts'

/** Sessions read at once. */
const INBOX_PAGE = 500

type Parts = { readonly store: Store; readonly hubs: Hubs }

/** The last message that the person has, or may not see. */
export const hasUpTo = ({ deliveredSeq, visibleAfterSeq }: InboxEntry): number =>
  Math.max(deliveredSeq, visibleAfterSeq)

/**
 * Lets the connection hear all sessions of its person as they stand, one page after the other, as any backfill does:
 * listen, read, then what came after. One that it hears already goes on as it was. With `leaves` those in which
 * something waits are not let in: it is told which, and what the person has of each, before anything else is shown to
 * the connection.
 */
export async function readInbox(
  { store, hubs }: Parts,
  connection: Connection,
  leaves: ((waiting: ReadonlyMap<string, number>) => void) | null,
  whenOut: (task: () => void) => void,
): Promise<void> {
  const filling = new Backfill(hubs, connection)
  const { userId } = connection.caller
  const waiting = new Map<string, number>()
  const mayListen = (entry: InboxEntry) => {
    const isBehind = leaves !== null && hasUpTo(entry) < entry.lastSeq
    if (isBehind) waiting.set(entry.sessionId, hasUpTo(entry))
    return !isBehind && !hubs.admitted(entry.sessionId, connection.id)
  }
  const readPage = async (after: string | null): Promise<string | null> => {
    const known = await store.inbox(userId, { kind: 'after', sessionId: after, limit: INBOX_PAGE })
    const sessionIds = known.filter(mayListen).map(({ sessionId }) => sessionId)
    filling.listen(sessionIds)
    const heard = sessionIds.length > 0 ? await store.inbox(userId, { kind: 'some', sessionIds }) : []
    for (const entry of heard) if (mayListen(entry)) letIn(filling, entry)
    return known.length < INBOX_PAGE ? null : (known.at(-1)?.sessionId ?? null)
  }
  try {
    await hubs.answers.run(connection.id, async () => {
      hubs.unwritten.made(connection.id)
      for (let after = await readPage(null); after !== null; ) after = await readPage(after)
      leaves?.(waiting)
      filling.succeed()
    })
  } finally {
    whenOut(() => {
      filling.cutover()
      hubs.unwritten.written(connection.id)
    })
  }
}

/** It hears what comes after this entry was read. */
export function letIn(filling: Backfill, { sessionId, lastChange, lastSeq }: InboxEntry): void {
  filling.letIn(sessionId, { after: lastChange, takesPart: true })
  filling.hasFrom({ id: sessionId, lastSeq }, lastSeq + 1)
}
