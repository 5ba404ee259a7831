import { type Happening, isStaff, type Session } from '@parley/contracts'
import type { Connection } from '../ports/connection.ts'
import type { CountedEvent } from './counted-event.ts'
import { type Listener, newListener } from './listener.ts'

/** One that shows the session. */
type SessionEvent = Extract<CountedEvent, { data: { session: Session } }>

function comesIn(event: SessionEvent, userId: string): boolean {
  if (event.name === 'session.assigned') return event.data.operator.id === userId
  return event.name === 'participants.changed' && event.data.added.includes(userId)
}

export interface Admission {
  /** It hears what comes after this change. */
  readonly after: number
  readonly takesPart: boolean
}

/** What a hub needs of its node. */
export interface HubHost {
  /** The hub has heard that there are changes which it hasn't got. */
  behind(hub: SessionHub): void
  /** The listener, whose person takes part, was given messages. */
  given(listener: Listener, fromSeq: number, toSeq: number): void
  dropped(hub: SessionHub, listener: Listener): void
  /** Its person has been removed from the session: it hears it no more. */
  removed(listener: Listener): void
}

/** So many early changes wait for the ones before them; those beyond it are read from the store. */
const EARLY_MAX = 1000

/**
 * One session on this node: takes its changes in whatever order they come and gives them to its listeners in the
 * right one. The next change goes out; a later one waits; a repeat is dropped.
 */
export class SessionHub {
  readonly sessionId: string
  readonly listeners = new Map<string, Listener>()
  /** All up to this change has gone out; null until a first snapshot says where to begin. */
  cursor: number | null = null
  /** Where it began: what was before that has gone to nobody. */
  private begun = 0
  /** The highest change that it has heard of. */
  private newest = 0
  private readonly early = new Map<number, CountedEvent>()
  private readonly host: HubHost

  constructor(sessionId: string, host: HubHost) {
    this.sessionId = sessionId
    this.host = host
  }

  /** From this node or the bus: may be early, late or a repeat. */
  accept(event: CountedEvent): void {
    const { change } = event.data
    if (this.cursor !== null && change <= this.cursor) return
    if (change - 1 === this.cursor) this.emit(event)
    else if (this.early.size < EARLY_MAX) this.early.set(change, event)
    this.stands(change)
  }

  /** From the store, which is the truth: a number that it leaves out has nothing to tell any more. */
  acceptStored(event: CountedEvent): void {
    if (this.cursor === null || event.data.change <= this.cursor) return
    this.emit(event)
    this.releaseEarly()
  }

  /** The session is said to stand at `change`. */
  stands(change: number): void {
    this.newest = Math.max(this.newest, change)
    this.releaseEarly()
    if (this.isBehind()) this.host.behind(this)
  }

  /** The listener has what is up to this change, in an answer or else. The first one says where the hub begins. */
  admit(listener: Listener, { after, takesPart }: Admission): void {
    listener.admitted = true
    listener.after = Math.max(listener.after, after)
    listener.takesPart = takesPart
    if (this.cursor === null) this.cursor = this.begun = after
    else if (listener.after < (listener.from ?? this.begun)) this.goBackTo(listener)
    this.stands(after)
  }

  isBehind(): boolean {
    return this.cursor !== null && this.cursor < this.newest
  }

  /** All that it had heard of. */
  heardOf(): number {
    return this.newest
  }

  /** The store was read to its end after `heardOf` was known: what it doesn't have by then is nothing to wait for. */
  caughtUp(heardOf: number): void {
    if (this.newest > heardOf) {
      this.stands(this.newest)
      return
    }
    this.newest = this.cursor ?? 0
    this.early.clear()
  }

  listener(connection: Connection): Listener {
    const known = this.listeners.get(connection.id)
    if (known) return known
    const listener = newListener(this.sessionId, connection, this.cursor)
    this.listeners.set(connection.id, listener)
    return listener
  }

  has(listener: Listener): boolean {
    return this.listeners.get(listener.connection.id) === listener
  }

  drop(listener: Listener): void {
    if (!this.has(listener)) return
    this.listeners.delete(listener.connection.id)
    this.host.dropped(this, listener)
  }

  /** Something uncounted; `except` and `only` are people. */
  signal(happening: Happening, except: string | undefined, only: string | undefined): void {
    for (const { held, connection } of this.listeners.values()) {
      const { userId } = connection.caller
      if (userId === except || (only !== undefined && userId !== only)) continue
      if (held) held.push(happening)
      else connection.deliver(happening)
    }
  }

  /** Something uncounted that is only for those who are helped here. */
  signalCustomers(happening: Happening): void {
    for (const { held, connection } of this.listeners.values()) {
      if (isStaff(connection.caller.role)) continue
      if (held) held.push(happening)
      else connection.deliver(happening)
    }
  }

  /** The answers that a listener waited for are out: what was held back follows them. */
  release(listener: Listener): void {
    const held = listener.held ?? []
    listener.held = null
    for (const happening of held) {
      if (!this.has(listener)) return
      if ('change' in happening.data) this.give(listener, happening as CountedEvent)
      else listener.connection.deliver(happening)
    }
  }

  /** Messages have gone to the listener. */
  gave(listener: Listener, fromSeq: number, toSeq: number): void {
    if (listener.takesPart && this.has(listener)) this.host.given(listener, fromSeq, toSeq)
  }

  /**
   * This listener hears from a change on that had gone out before it listened, or before the hub began. What is in
   * between is read from the store, and goes to nobody who has it.
   */
  private goBackTo(listener: Listener): void {
    this.newest = Math.max(this.newest, this.cursor ?? 0)
    this.cursor = listener.after
    this.begun = Math.min(this.begun, listener.after)
    listener.held = listener.held?.filter(({ data }) => !('change' in data)) ?? null
  }

  private give(listener: Listener, event: CountedEvent): void {
    const { change } = event.data
    if (listener.held) {
      listener.held.push(event)
      return
    }
    if (change <= listener.after) return
    listener.after = change
    listener.connection.deliver(event)
    this.afterGiving(listener, event)
  }

  private afterGiving(listener: Listener, event: CountedEvent): void {
    if (event.name === 'message.created') {
      const { seq } = event.data.message
      listener.hasFrom = Math.min(listener.hasFrom, seq)
      listener.hasTo = seq
      this.gave(listener, seq, seq)
      return
    }
    if (event.name === 'message.recalled' || event.name === 'message.reacted') return
    this.follow(listener, event)
    const { userId } = listener.connection.caller
    if (event.name !== 'participants.changed' || !event.data.removed.includes(userId)) return
    this.drop(listener)
    this.host.removed(listener)
  }

  /**
   * Who comes to take part has received what its connection was given before as well. That it came is said by the
   * event; the snapshot, which may be of later, needn't show that it had been away.
   */
  private follow(listener: Listener, event: SessionEvent): void {
    const { userId } = listener.connection.caller
    const took = listener.takesPart && !comesIn(event, userId)
    listener.takesPart = event.data.session.participants.includes(userId)
    if (!took && listener.hasFrom <= listener.hasTo) this.gave(listener, listener.hasFrom, listener.hasTo)
  }

  private emit(event: CountedEvent): void {
    this.cursor = event.data.change
    for (const listener of this.listeners.values()) this.give(listener, event)
  }

  private releaseEarly(): void {
    if (this.early.size === 0 || this.cursor === null) return
    for (const change of this.early.keys()) if (change <= this.cursor) this.early.delete(change)
    for (let next = this.early.get(this.cursor + 1); next; next = this.early.get(this.cursor + 1)) {
      this.early.delete(next.data.change)
      this.emit(next)
    }
  }
}
