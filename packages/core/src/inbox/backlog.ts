import { Backfill } from '../delivery/backfill.ts'
import { messageEvent } from '../delivery/counted-event.ts'
import type { Lanes } from '../node/lanes.ts'
import type { Connection } from '../ports/connection.ts'
import type { InboxEntry } from '../ports/store/session-store.ts'
import { SyncRoom } from '../session/sync-room.ts'
import type { InboxParts } from './inbox-parts.ts'
import { hasUpTo, letIn } from './read-inbox.ts'

/** Messages that are on their way to a connection at once. */
export const BACKLOG_PAGE = 200
/** Sessions whose standing is read at once. */
const SESSIONS_AT_ONCE = 50

/** After a failure. Milliseconds. */
const RETRY_MS = 1000

/** What is left of one page. */
interface Page {
  messages: number
  readonly bytes: SyncRoom
  given: number
}

type Parts = Pick<InboxParts, 'store' | 'hubs' | 'marks' | 'background'>

/**
 * What a person has not received, pushed to a connection that has just come: a page over all sessions, oldest first
 * within each, and the next when the last has arrived. A session is listened to only when its rest fits into the
 * page, so that nothing waits for it in memory; from there on it is live.
 */
export class Backlog {
  /** The person's sessions in which something waits → the last message that it has. */
  private readonly waiting: Map<string, number>
  private isOver = false
  private readonly parts: Parts
  private readonly lanes: Lanes
  private readonly connection: Connection

  constructor(parts: Parts, lanes: Lanes, connection: Connection, waiting: ReadonlyMap<string, number>) {
    this.parts = parts
    this.lanes = lanes
    this.connection = connection
    this.waiting = new Map(waiting)
  }

  has(sessionId: string): boolean {
    return this.waiting.has(sessionId)
  }

  end(): void {
    this.isOver = true
  }

  begin(): void {
    this.parts.background.run('pushing a backlog', () => this.lanes.run(() => this.push()))
  }

  /** One page; the next when it has arrived. Who goes silent is read no more for. */
  private async push(): Promise<void> {
    const page: Page = { messages: BACKLOG_PAGE, bytes: new SyncRoom(), given: 0 }
    try {
      while (!this.isOver && this.waiting.size > 0 && (await this.fill(page)));
      if (page.given === 0) this.next()
    } catch (cause) {
      if (page.given === 0) this.parts.background.after(RETRY_MS, () => this.next())
      throw cause
    } finally {
      if (page.given > 0) this.parts.marks.whenArrived(this.connection.id, () => this.next())
    }
  }

  private next(): void {
    if (!this.isOver && this.waiting.size > 0) this.begin()
  }

  /** The next sessions, as far as they fit; false: the page is full. */
  private async fill(page: Page): Promise<boolean> {
    const fitting: string[] = []
    const standing = await this.standingOf([...this.waiting.keys()].slice(0, SESSIONS_AT_ONCE))
    let room = page.messages
    for (const entry of standing) {
      room -= this.waitingIn(entry)
      if (room < 0) break
      fitting.push(entry.sessionId)
    }
    if (fitting.length > 0) return await this.giveWhole(page, fitting)
    const [first] = standing
    if (first && page.messages > 0) await this.give(page, first)
    return first === undefined
  }

  /** The rest of these sessions, and then they are live. */
  private async giveWhole(page: Page, sessionIds: readonly string[]): Promise<boolean> {
    const { hubs } = this.parts
    return await hubs.answers.run(this.connection.id, async () => {
      const filling = new Backfill(hubs, this.connection)
      filling.listen(sessionIds.filter(id => !hubs.admitted(id, this.connection.id)))
      try {
        for (const entry of await this.standingOf(sessionIds)) {
          const isWhole = this.waitingIn(entry) <= page.messages && (await this.give(page, entry))
          if (!isWhole) return false
          if (!hubs.admitted(entry.sessionId, this.connection.id)) letIn(filling, entry)
          this.waiting.delete(entry.sessionId)
        }
        return true
      } finally {
        filling.succeed()
        filling.cutover()
      }
    })
  }

  /** As they are now; those that the person has left meanwhile are forgotten. */
  private async standingOf(sessionIds: readonly string[]): Promise<InboxEntry[]> {
    const entries = await this.parts.store.inbox(this.connection.caller.userId, { kind: 'some', sessionIds })
    const known = new Map(entries.map(entry => [entry.sessionId, entry]))
    for (const id of sessionIds) if (!known.has(id)) this.waiting.delete(id)
    return sessionIds.flatMap(id => known.get(id) ?? [])
  }

  /** What a sync or join has shown meanwhile has been given. */
  private lastOf({ sessionId, lastSeq }: InboxEntry): number {
    const listener = this.parts.hubs.admitted(sessionId, this.connection.id)
    return listener ? Math.min(lastSeq, listener.hasFrom - 1) : lastSeq
  }

  private firstOf(entry: InboxEntry): number {
    return Math.max(this.waiting.get(entry.sessionId) ?? hasUpTo(entry), entry.visibleAfterSeq) + 1
  }

  private waitingIn(entry: InboxEntry): number {
    return Math.max(0, this.lastOf(entry) - this.firstOf(entry) + 1)
  }

  /** As many of the session's messages as the page has room for; true: all that wait. */
  private async give(page: Page, entry: InboxEntry): Promise<boolean> {
    if (this.waitingIn(entry) === 0) return true
    const { sessionId, visibleAfterSeq } = entry
    const first = this.firstOf(entry)
    const range = { kind: 'after', seq: first - 1, limit: page.messages } as const
    const { items } = await this.parts.store.messages(sessionId, range, visibleAfterSeq)
    if (items.length === 0) return true
    let upTo = first - 1
    for (const message of items) {
      if (this.isOver || message.seq > this.lastOf(entry) || !page.bytes.takes([message])) break
      upTo = message.seq
      page.messages--
      if (message.senderId === this.connection.caller.userId) continue
      page.given++
      this.connection.deliver(messageEvent(message, message.change))
    }
    if (upTo >= first)
      this.parts.marks.answered(this.connection, sessionId, [{ fromSeq: first, toSeq: upTo }])
    this.waiting.set(sessionId, upTo)
    return upTo >= this.lastOf(entry)
  }
}
