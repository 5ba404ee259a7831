import type { Backfill } from '../delivery/backfill.ts'
import type { Hubs } from '../delivery/hubs.ts'
import type { Connection } from '../ports/connection.ts'
import type { Store } from '../ports/store.ts'

interface Coming {
  readonly connection: Connection
  readonly sessionId: string
  /** Listens to the session already. */
  readonly filling: Backfill
  /** False when the inbox is no more, or the session has a backlog that comes first. */
  readonly isWanted: () => boolean
}

/**
 * A connection that hears all sessions of its person comes to hear one that the person has come into: it is shown the
 * session as it is now, and then hears all from the change on by which the person came in, whenever that was (D17).
 */
export function comeInto(
  parts: { readonly store: Store; readonly hubs: Hubs },
  coming: Coming,
): Promise<void> {
  const { hubs } = parts
  return hubs.answers
    .run(coming.connection.id, () => showAndLetIn(parts, coming))
    .finally(() => coming.filling.cutover())
}

async function showAndLetIn(
  { store, hubs }: { readonly store: Store; readonly hubs: Hubs },
  { connection, sessionId, filling, isWanted }: Coming,
): Promise<void> {
  if (hubs.admitted(sessionId, connection.id) || !isWanted()) return
  const { userId } = connection.caller
  const [entry] = await store.inbox(userId, { kind: 'some', sessionIds: [sessionId] })
  const [session] = entry ? await store.sessions([sessionId], userId) : []
  // An answer that was read before this must not come after it.
  await hubs.unwritten.none(connection.id)
  if (!entry || !session?.participants.includes(userId)) return
  if (hubs.admitted(sessionId, connection.id) || !hubs.listening(connection) || !isWanted()) return
  connection.deliver({ name: 'session.opened', data: { session } })
  filling.letIn(sessionId, { after: Math.max(0, entry.joinedChange - 1), takesPart: true })
  filling.succeed()
  hubs.find(sessionId)?.stands(entry.lastChange)
}
