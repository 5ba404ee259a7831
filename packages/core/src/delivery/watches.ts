import type { Operator, Session, SessionList } from '@parley/contracts'
import type { Connection } from '../ports/connection.ts'
import { fingerprint, needsOwnLook, tellWatcher, type Watch } from './list-watch.ts'

/** The live lists of this node's connections. */
export class Watches {
  private readonly byConnection = new Map<string, Map<SessionList, Watch>>()

  /** From now on changes are kept for it, until `answered`. */
  begin(connection: Connection, list: SessionList, limit: number): Watch {
    const watch: Watch = { connection, list, limit, shown: new Map(), missed: new Set() }
    const theirs = this.byConnection.get(connection.id) ?? new Map<SessionList, Watch>()
    this.byConnection.set(connection.id, theirs.set(list, watch))
    return watch
  }

  show(watch: Watch, sessions: readonly Session[]): void {
    for (const session of sessions) watch.shown.set(session.id, fingerprint(session))
  }

  /** The answer is out; returns what has changed since it was asked for. */
  answered(watch: Watch): ReadonlySet<string> {
    const missed = watch.missed ?? new Set()
    watch.missed = null
    return missed
  }

  end(connectionId: string, list: SessionList, only?: Watch): void {
    const theirs = this.byConnection.get(connectionId)
    if (only && theirs?.get(list) !== only) return
    theirs?.delete(list)
    if (theirs?.size === 0) this.byConnection.delete(connectionId)
  }

  disconnect(connectionId: string): void {
    this.byConnection.delete(connectionId)
  }

  isEmpty(): boolean {
    return this.byConnection.size === 0
  }

  size(): number {
    return this.byConnection.size
  }

  /** What a full look has to read: the lists that are everybody's once, a person's own for each. */
  lists(): Iterable<{ list: SessionList; reader: string }> {
    const lists = new Map<string, { list: SessionList; reader: string }>()
    for (const { list, connection } of this.all()) {
      const reader = connection.caller.userId
      const isPersonal = list === 'mine' || list === 'team'
      lists.set(isPersonal ? `${list}/${reader}` : list, { list, reader })
    }
    return lists.values()
  }

  shownAnywhere(): Set<string> {
    const shown = new Set<string>()
    for (const watch of this.all()) for (const sessionId of watch.shown.keys()) shown.add(sessionId)
    return shown
  }

  watchesQueue(): boolean {
    return this.all().some(({ list }) => list === 'queue' || list === 'active')
  }

  /** Which of the sessions a watcher has to be shown as they look to itself, by watcher. */
  ownLooks(sessions: readonly Session[]): Map<string, string[]> {
    const looks = new Map<string, string[]>()
    for (const reader of new Set(this.all().map(({ connection }) => connection.caller.userId))) {
      const ids = sessions.filter(session => needsOwnLook(reader, session)).map(({ id }) => id)
      if (ids.length > 0) looks.set(reader, ids)
    }
    return looks
  }

  /** `look`: a session as it looks to a watcher; null: there is none. */
  tell(
    ids: Iterable<string>,
    look: (sessionId: string, reader: string) => Session | null,
    changed: ReadonlySet<string>,
  ): void {
    const watches = this.all()
    for (const sessionId of ids)
      for (const watch of watches)
        if (watch.missed) watch.missed.add(sessionId)
        else {
          const session = look(sessionId, watch.connection.caller.userId)
          tellWatcher(watch, sessionId, session, changed.has(sessionId))
        }
  }

  tellOperator(operator: Operator): void {
    for (const theirs of this.byConnection.values()) {
      const [watch] = theirs.values()
      watch?.connection.deliver({ name: 'operator.changed', data: { operator } })
    }
  }

  private all(): Watch[] {
    return [...this.byConnection.values()].flatMap(theirs => [...theirs.values()])
  }
}
