import type { Session } from '@parley/contracts'
import type { Inboxes } from '../inbox/inboxes.ts'
import type { Store } from '../ports/store.ts'
import type { Connections } from '../presence/connections.ts'
import type { CountedEvent } from './counted-event.ts'
import type { Hubs } from './hubs.ts'
import { readChanges } from './read-changes.ts'

/** Sessions that this node remembers having told somebody of. */
const REMEMBERED = 10_000
/** An operator's sessions that are looked at when one may have been missed. */
const MINE_LIMIT = 100

interface NewsParts {
  readonly store: Store
  readonly hubs: Hubs
  readonly inboxes: Inboxes
  readonly connections: Connections
}

/**
 * Tells people of changes in sessions that they have not joined: operators of what they are given. No hub keeps
 * these in order, so each session's are told upwards only, and a lost one is found by the operator's own record.
 */
export class AssignmentNews {
  private readonly toldChange = new Map<string, number>()
  /** The latest assignment of each operator who is connected here that has been looked at. ISO 8601. */
  private readonly seenUpTo = new Map<string, string>()
  private readonly parts: NewsParts

  constructor(parts: NewsParts) {
    this.parts = parts
  }

  /** Before a connection of the operator is told of anything: what it has by now, it reads itself. */
  async begin(operatorId: string): Promise<void> {
    if (this.seenUpTo.has(operatorId)) return
    const operator = await this.parts.store.operator(operatorId)
    if (!operator) return
    const { items } = await this.parts.store.listed('mine', operatorId, MINE_LIMIT)
    if (this.parts.connections.of(operatorId).size === 0) return
    for (const session of items) this.remember(session.id, session.lastChange)
    this.seenUpTo.set(operatorId, operator.lastAssignedAt ?? '')
  }

  end(operatorId: string): void {
    this.seenUpTo.delete(operatorId)
  }

  size(): number {
    return this.seenUpTo.size
  }

  tell(event: CountedEvent, alsoTo: readonly string[]): void {
    const { sessionId, change } = event.data
    if (alsoTo.length === 0 || change <= (this.toldChange.get(sessionId) ?? 0)) return
    this.remember(sessionId, change)
    for (const userId of alsoTo)
      for (const connection of this.parts.connections.of(userId))
        if (!this.hears(sessionId, connection.id)) connection.deliver(event)
  }

  /** Finds what operators who are connected here were given without this node hearing of it. */
  async heal(): Promise<void> {
    if (this.seenUpTo.size === 0) return
    for (const operator of await this.parts.store.operators()) {
      const seen = this.seenUpTo.get(operator.id)
      if (seen === undefined || (operator.lastAssignedAt ?? '') <= seen) continue
      const { items } = await this.parts.store.listed('mine', operator.id, MINE_LIMIT)
      for (const session of items) await this.tellAgain(operator.id, session)
      if (this.seenUpTo.has(operator.id)) this.seenUpTo.set(operator.id, operator.lastAssignedAt ?? '')
    }
  }

  /** From the session's log: the assignment to this operator, if it has not been told. */
  private async tellAgain(operatorId: string, session: Session): Promise<void> {
    let from = this.toldChange.get(session.id) ?? 0
    while (from < session.lastChange) {
      const events = await readChanges(this.parts.store, session.id, from)
      for (const event of events)
        if (event.name === 'session.assigned' && event.data.operator.id === operatorId)
          this.tell(event, [operatorId])
      const last = events.at(-1)
      if (!last) return
      from = last.data.change
    }
  }

  private hears(sessionId: string, connectionId: string): boolean {
    const { hubs, inboxes } = this.parts
    return hubs.hears(sessionId, connectionId) || inboxes.takeIn(sessionId, connectionId)
  }

  private remember(sessionId: string, change: number): void {
    const told = Math.max(change, this.toldChange.get(sessionId) ?? 0)
    this.toldChange.delete(sessionId)
    this.toldChange.set(sessionId, told)
    const [oldest] = this.toldChange.keys()
    if (this.toldChange.size > REMEMBERED && oldest !== undefined) this.toldChange.delete(oldest)
  }
}
