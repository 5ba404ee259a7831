import type { Message } from '@parley/contracts'
import type { TurnChange, TurnOutcome } from '../assignment/turn.ts'
import type { Background } from '../node/background.ts'
import type { Bus } from '../ports/bus.ts'
import type { Store } from '../ports/store.ts'
import {
  type CountedEvent,
  type MessageChange,
  messageChangeEvent,
  messageEvent,
  sessionEvent,
  touchesMessage,
} from './counted-event.ts'
import { cardReader } from './read-changes.ts'

/** What this node does with what it has just told the bus: it doesn't wait for its own voice. */
export interface Local {
  happened(event: CountedEvent, alsoTo: readonly string[]): void
  /** These people take part in the session now. */
  joined(sessionId: string, userIds: readonly string[]): void
  /** Somebody has read on: the session looks different in lists. */
  marked(sessionId: string): void
  listsChanged(sessionIds: readonly string[], operatorIds: readonly string[]): void
  /** The session stands at this change, but its event could not be made. */
  stands(sessionId: string, change: number): void
}

type Done = Extract<TurnOutcome, { kind: 'done' }>

/** Tells this node and the others what has been committed. What it fails to tell, the nodes find by themselves. */
export class Announcer {
  private readonly store: Store
  private readonly bus: Bus
  private readonly background: Background
  private readonly local: Local

  constructor(store: Store, bus: Bus, background: Background, local: Local) {
    this.store = store
    this.bus = bus
    this.background = background
    this.local = local
  }

  message(message: Message): void {
    this.tell(messageEvent(message, message.change), [])
  }

  turn({ changes, operators, touched }: Done): void {
    this.changed(changes)
    const sessionIds = new Set([...touched, ...changes.map(change => change.sessionId)])
    if (sessionIds.size + operators.length > 0) this.lists([...sessionIds], operators)
  }

  /** Changes of sessions, with whoever comes in by them. */
  changed(changes: readonly TurnChange[]): void {
    for (const { sessionId, what } of changes)
      if (what.kind === 'participants') this.joined(sessionId, what.added)
    if (changes.length > 0) this.background.run('telling of a change', () => this.tellChanges(changes))
  }

  /** A change that touches a message: nothing needs to be read to tell it. */
  touched(sessionId: string, change: number, what: MessageChange): void {
    this.tell(messageChangeEvent(sessionId, change, what), [])
  }

  /** Before anything that they are to hear in it: their inboxes listen from here on. */
  joined(sessionId: string, userIds: readonly string[]): void {
    if (userIds.length === 0) return
    this.local.joined(sessionId, userIds)
    this.bus.publish({ kind: 'joined', sessionId, userIds })
  }

  lists(sessionIds: readonly string[], operatorIds: readonly string[]): void {
    this.local.listsChanged(sessionIds, operatorIds)
    this.bus.publish({ kind: 'lists', sessionIds, operatorIds })
  }

  private async tellChanges(changes: readonly TurnChange[]): Promise<void> {
    try {
      for (const { event, alsoTo } of await this.eventsOf(changes)) this.tell(event, alsoTo)
    } catch (cause) {
      for (const { sessionId, change } of changes) this.local.stands(sessionId, change)
      throw cause
    }
  }

  /** One read of the sessions for all their events. */
  private async eventsOf(changes: readonly TurnChange[]) {
    const read = await this.store.sessions([...new Set(changes.map(change => change.sessionId))], null)
    const byId = new Map(read.map(session => [session.id, session]))
    const card = cardReader(this.store)
    const events: { event: CountedEvent; alsoTo: readonly string[] }[] = []
    for (const { sessionId, change, what } of changes) {
      const session = byId.get(sessionId)
      if (!session || touchesMessage(what)) continue
      const event = sessionEvent(session, change, what, await card(what, session))
      events.push({ event, alsoTo: what.kind === 'assigned' ? [what.operatorId] : [] })
    }
    return events
  }

  private tell(event: CountedEvent, alsoTo: readonly string[]): void {
    this.local.happened(event, alsoTo)
    const { sessionId, change } = event.data
    this.bus.publish({ kind: 'change', sessionId, change, happening: event, alsoTo })
  }
}
