import { Backfill } from '../delivery/backfill.ts'
import type { Hubs } from '../delivery/hubs.ts'
import type { Listener } from '../delivery/listener.ts'
import type { DeliveredMarks } from '../message/delivered-marks.ts'
import type { Background } from '../node/background.ts'
import { Lanes } from '../node/lanes.ts'
import type { Clock } from '../ports/clock.ts'
import type { Connection } from '../ports/connection.ts'
import type { Store } from '../ports/store.ts'
import type { Connections } from '../presence/connections.ts'
import { Backlog } from './backlog.ts'
import { comeInto } from './come-into.ts'
import { readInbox } from './read-inbox.ts'

/** Pages of backlogs that this node reads at a time: those who come back together wait for each other, not all others for them. */
const PAGES_AT_A_TIME = 8
/** Looks for missed sessions reach back so far beyond the last look. Milliseconds. */
const LOOK_BACK_MS = 30_000
/** People asked about in one question to the store. */
const PEOPLE_PAGE = 1000

export interface InboxParts {
  readonly store: Store
  readonly hubs: Hubs
  readonly marks: DeliveredMarks
  readonly connections: Connections
  readonly background: Background
  readonly clock: Clock
}

interface Inbox {
  readonly connection: Connection
  backlog: Backlog | null
}

/** The connections of this node that hear all sessions of their person (D17), and how each comes to hear them. */
export class Inboxes {
  private readonly byConnection = new Map<string, Inbox>()
  private readonly lanes = new Lanes(PAGES_AT_A_TIME)
  /** When the store was last asked who came into which session. */
  private lookedAt: number
  private readonly parts: InboxParts

  constructor(parts: InboxParts) {
    this.parts = parts
    this.lookedAt = parts.clock.now()
  }

  /** Resolves when the connection hears all; `whenOut` runs its task when the answer, if this is one, has been written. */
  async open(
    connection: Connection,
    { backlog }: { readonly backlog: boolean },
    whenOut: (task: () => void) => void,
  ): Promise<void> {
    if (!this.parts.connections.has(connection.id)) return
    const isNew = !this.byConnection.has(connection.id)
    // Before anything is read: who comes into a session from now on is told of it.
    if (isNew) this.byConnection.set(connection.id, { connection, backlog: null })
    try {
      const backlogOf = this.byConnection.get(connection.id)?.backlog
      const leavesOut = (sessionId: string) => backlogOf?.has(sessionId) ?? false
      const waiting = await readInbox(this.parts, connection, { backlog, leavesOut }, whenOut)
      this.pushBacklog(connection, waiting)
    } catch (cause) {
      if (isNew) this.byConnection.delete(connection.id)
      throw cause
    }
  }

  has(connectionId: string): boolean {
    return this.byConnection.has(connectionId)
  }

  /** These people take part in the session now. */
  joined(sessionId: string, userIds: readonly string[]): void {
    for (const userId of userIds)
      for (const { id } of this.parts.connections.of(userId)) this.takeIn(sessionId, id)
  }

  /** The person was removed; it may have come back before this node heard that it had gone. */
  removed({ sessionId, connection }: Listener): void {
    this.takeIn(sessionId, connection.id)
  }

  /** True if the connection is an inbox, and hears the session or will. */
  takeIn(sessionId: string, connectionId: string): boolean {
    const inbox = this.byConnection.get(connectionId)
    if (!inbox || inbox.backlog?.has(sessionId)) return false
    const { hubs, background } = this.parts
    if (hubs.admitted(sessionId, connectionId)) return true
    const filling = new Backfill(hubs, inbox.connection)
    // At once, so that what happens from now on is held for it.
    filling.listen([sessionId])
    background.run('coming into a session', () =>
      comeInto(this.parts, { connection: inbox.connection, sessionId, filling }),
    )
    return true
  }

  /** Finds in the store what nobody has told this node (D18). */
  async heal(): Promise<void> {
    const { store, clock } = this.parts
    const now = clock.now()
    const people = [
      ...new Set([...this.byConnection.values()].map(({ connection }) => connection.caller.userId)),
    ]
    const withinMs = now - this.lookedAt + LOOK_BACK_MS
    for (let from = 0; from < people.length; from += PEOPLE_PAGE)
      for (const { sessionId, userId } of await store.newParts(
        people.slice(from, from + PEOPLE_PAGE),
        withinMs,
      ))
        this.joined(sessionId, [userId])
    this.lookedAt = now
  }

  disconnect(connectionId: string): void {
    this.byConnection.get(connectionId)?.backlog?.end()
    this.byConnection.delete(connectionId)
  }

  size(): number {
    return this.byConnection.size
  }

  private pushBacklog(connection: Connection, waiting: ReadonlyMap<string, number>): void {
    const inbox = this.byConnection.get(connection.id)
    if (!inbox || waiting.size === 0) return
    inbox.backlog?.end()
    inbox.backlog = new Backlog(this.parts, this.lanes, connection, waiting, () => {
      inbox.backlog = null
    })
    inbox.backlog.begin()
  }
}
