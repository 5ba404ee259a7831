import type { OperatorCard, Session } from '@parley/contracts'
import type { SessionChange, StoredChange } from '../ports/store/message-store.ts'
import type { Store } from '../ports/store.ts'
import {
  type CountedEvent,
  messageChangeEvent,
  messageEvent,
  sessionEvent,
  touchesMessage,
} from './counted-event.ts'

/** Changes of one session read at once. */
export const CHANGES_PAGE = 200

/** Operators as visitors see them, each read once. */
export function cardReader(store: Pick<Store, 'operator'>) {
  const known = new Map<string, OperatorCard | null>()
  return async (what: SessionChange, session: Session): Promise<OperatorCard | null> => {
    if (what.kind !== 'assigned') return null
    if (session.operator?.id === what.operatorId) return session.operator
    const card = known.get(what.operatorId)
    if (card !== undefined) return card
    const operator = await store.operator(what.operatorId)
    const read = operator && { id: operator.id, name: operator.name, avatar: operator.avatar }
    known.set(what.operatorId, read)
    return read
  }
}

/** The events of what happened in a session after `change`, in order, as the store has it; at most one page. */
export async function readChanges(
  store: Pick<Store, 'changesSince' | 'sessions' | 'operator'>,
  sessionId: string,
  change: number,
): Promise<CountedEvent[]> {
  const changes = await store.changesSince(sessionId, change, CHANGES_PAGE)
  const tellsOfSession = changes.some(stored => stored.kind === 'session' && !touchesMessage(stored.what))
  const [session] = tellsOfSession ? await store.sessions([sessionId], null) : []
  if (tellsOfSession && !session) return []
  const card = cardReader(store)
  const events: CountedEvent[] = []
  for (const stored of changes) {
    const event = await eventOf(stored, sessionId, session, card)
    if (event) events.push(event)
  }
  return events
}

async function eventOf(
  stored: StoredChange,
  sessionId: string,
  session: Session | undefined,
  card: ReturnType<typeof cardReader>,
): Promise<CountedEvent | null> {
  const { change } = stored
  if (stored.kind === 'message') return messageEvent(stored.message, change)
  const { what } = stored
  if (touchesMessage(what)) return messageChangeEvent(sessionId, change, what)
  return session ? sessionEvent(session, change, what, await card(what, session)) : null
}
