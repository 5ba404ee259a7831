import { Backfill } from '../delivery/backfill.ts'
import type { Listener } from '../delivery/listener.ts'
import { Lanes } from '../node/lanes.ts'
import type { Connection } from '../ports/connection.ts'
import { Backlog } from './backlog.ts'
import { comeInto } from './come-into.ts'
import type { InboxParts } from './inbox-parts.ts'
import { readInbox } from './read-inbox.ts'

/** Pages of backlogs that this node reads at a time: those who come back together wait for each other, not all others for them. */
const PAGES_AT_A_TIME = 8
/** Looks for missed sessions reach back so far beyond the last look. Milliseconds. */
const LOOK_BACK_MS = 30_000
/** People asked about in one question to the store. */
const PEOPLE_PAGE = 1000

interface Inbox {
  readonly connection: Connection
  /** What it is yet to be given before it hears the sessions that this is about. */
  backlog: Backlog | null
  opening: Promise<void>
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

  /**
   * Resolves when the connection hears all; `whenOut` runs its task when the answer, if this is one, has been written.
   * To open it again is to wait for the first time.
   */
  async open(
    connection: Connection,
    how: { readonly backlog: boolean },
    whenOut: (task: () => void) => void,
  ): Promise<void> {
    const open = this.byConnection.get(connection.id)
    if (open) return await open.opening
    if (!this.parts.connections.has(connection.id)) return
    // Before anything is read: who comes into a session from now on is told of it.
    const inbox: Inbox = { connection, backlog: null, opening: Promise.resolve() }
    this.byConnection.set(connection.id, inbox)
    inbox.opening = this.fill(inbox, how, whenOut)
    await inbox.opening
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
    const isWanted = () => this.isOpen(inbox) && !inbox.backlog?.has(sessionId)
    background.run('coming into a session', () =>
      comeInto(this.parts, { connection: inbox.connection, sessionId, filling, isWanted }),
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

  private async fill(
    inbox: Inbox,
    { backlog }: { readonly backlog: boolean },
    whenOut: (task: () => void) => void,
  ): Promise<void> {
    const { connection } = inbox
    const leaves = (waiting: ReadonlyMap<string, number>) => {
      if (waiting.size > 0 && this.isOpen(inbox)) inbox.backlog = this.backlogOf(connection, waiting)
    }
    try {
      await readInbox(this.parts, connection, backlog ? leaves : null, whenOut)
      inbox.backlog?.begin()
    } catch (cause) {
      if (this.isOpen(inbox)) this.byConnection.delete(connection.id)
      throw cause
    }
  }

  private backlogOf(connection: Connection, waiting: ReadonlyMap<string, number>): Backlog {
    return new Backlog(this.parts, this.lanes, connection, waiting)
  }

  private isOpen(inbox: Inbox): boolean {
    return this.byConnection.get(inbox.connection.id) === inbox
  }
}
