import type { Background } from '../node/background.ts'
import { InTurn } from '../node/in-turn.ts'
import type { Connection } from '../ports/connection.ts'
import type { Store } from '../ports/store.ts'
import type { Connections } from '../presence/connections.ts'
import { CatchUp } from './catch-up.ts'
import type { CountedEvent } from './counted-event.ts'
import type { Listener } from './listener.ts'
import { type HubHost, SessionHub } from './session-hub.ts'
import { Unwritten } from './unwritten.ts'

/** Sessions compared in one question to the store. */
const COMPARE_PAGE = 1000

export interface HubEvents {
  given: HubHost['given']
  /** A listener has come into the room. */
  entered(hub: SessionHub, listener: Listener): void
  /** A listener is gone, whatever the reason. */
  dropped: HubHost['dropped']
  removed: HubHost['removed']
}

/** The hubs of this node: one for each session that a connection here hears, or is about to. */
export class Hubs implements HubHost {
  /** What shows a connection how things stand, by connection. */
  readonly answers = new InTurn()
  readonly unwritten = new Unwritten()
  private readonly bySession = new Map<string, SessionHub>()
  private readonly byConnection = new Map<string, Set<Listener>>()
  private readonly store: Store
  private readonly catchUp: CatchUp
  private readonly connections: Connections
  private readonly events: HubEvents

  constructor(store: Store, connections: Connections, background: Background, events: HubEvents) {
    this.store = store
    this.connections = connections
    this.catchUp = new CatchUp(store, background)
    this.events = events
  }

  find(sessionId: string): SessionHub | null {
    return this.bySession.get(sessionId) ?? null
  }

  /** The connection, if it can hear: one that has gone in the meantime must leave nothing behind. */
  listening(connection: Connection | null): Connection | null {
    return connection && this.connections.has(connection.id) ? connection : null
  }

  accept(event: CountedEvent): void {
    this.bySession.get(event.data.sessionId)?.accept(event)
  }

  /** The connection's listener, made if there is none, and its hub. */
  listen(sessionId: string, connection: Connection): { hub: SessionHub; listener: Listener } {
    const hub = this.bySession.get(sessionId) ?? new SessionHub(sessionId, this)
    this.bySession.set(sessionId, hub)
    const listener = hub.listener(connection)
    const theirs = this.byConnection.get(connection.id) ?? new Set()
    this.byConnection.set(connection.id, theirs.add(listener))
    return { hub, listener }
  }

  leave(sessionId: string, connectionId: string): void {
    const hub = this.bySession.get(sessionId)
    const listener = hub?.listeners.get(connectionId)
    if (hub && listener) hub.drop(listener)
  }

  disconnect(connectionId: string): void {
    this.unwritten.forget(connectionId)
    for (const { sessionId } of [...(this.byConnection.get(connectionId) ?? [])])
      this.leave(sessionId, connectionId)
  }

  /** It hears the session, or is about to. */
  hears(sessionId: string, connectionId: string): boolean {
    return this.bySession.get(sessionId)?.listeners.has(connectionId) ?? false
  }

  /** Its listener, once an answer (or its inbox) has let it in. */
  admitted(sessionId: string, connectionId: string): Listener | null {
    const listener = this.bySession.get(sessionId)?.listeners.get(connectionId)
    return listener?.admitted ? listener : null
  }

  /** Does the connection hear the session, and does its person take part in it, as far as it has come? */
  takesPart(sessionId: string, connectionId: string): boolean {
    return this.admitted(sessionId, connectionId)?.takesPart ?? false
  }

  /** A lost last event leaves no gap: asks the store how far the sessions are that somebody here hears. */
  async compare(): Promise<void> {
    const ids = [...this.bySession.keys()]
    for (let from = 0; from < ids.length; from += COMPARE_PAGE) {
      const changes = await this.store.lastChanges(ids.slice(from, from + COMPARE_PAGE))
      for (const [sessionId, change] of changes) this.bySession.get(sessionId)?.stands(change)
    }
  }

  sizes(): { sessions: number; connections: number } {
    return { sessions: this.bySession.size, connections: this.byConnection.size }
  }

  answersDue(): number {
    return this.answers.size() + this.unwritten.size()
  }

  behind(hub: SessionHub): void {
    this.catchUp.soon(hub)
  }

  given(listener: Listener, fromSeq: number, toSeq: number): void {
    this.events.given(listener, fromSeq, toSeq)
  }

  entered(hub: SessionHub, listener: Listener): void {
    if (hub.has(listener)) this.events.entered(hub, listener)
  }

  removed(listener: Listener): void {
    this.events.removed(listener)
  }

  dropped(hub: SessionHub, listener: Listener): void {
    const theirs = this.byConnection.get(listener.connection.id)
    theirs?.delete(listener)
    if (theirs?.size === 0) this.byConnection.delete(listener.connection.id)
    if (hub.listeners.size === 0) this.bySession.delete(hub.sessionId)
    this.events.dropped(hub, listener)
  }
}
