import { isStaff } from '@parley/contracts'
import type { Connection } from '../ports/connection.ts'

const NONE: ReadonlySet<Connection> = new Set()

/** The connections of this node, by their id and by their person. */
export class Connections {
  private readonly byId = new Map<string, Connection>()
  private readonly byPerson = new Map<string, Set<Connection>>()
  private readonly ofStaff = new Set<Connection>()

  add(connection: Connection): void {
    const { userId } = connection.caller
    this.byId.set(connection.id, connection)
    if (isStaff(connection.caller.role)) this.ofStaff.add(connection)
    const theirs = this.byPerson.get(userId) ?? new Set()
    this.byPerson.set(userId, theirs.add(connection))
  }

  remove(connectionId: string): Connection | null {
    const connection = this.byId.get(connectionId)
    if (!connection) return null
    const { userId } = connection.caller
    const theirs = this.byPerson.get(userId)
    theirs?.delete(connection)
    if (theirs?.size === 0) this.byPerson.delete(userId)
    this.byId.delete(connectionId)
    this.ofStaff.delete(connection)
    return connection
  }

  has(connectionId: string): boolean {
    return this.byId.has(connectionId)
  }

  get(connectionId: string): Connection | null {
    return this.byId.get(connectionId) ?? null
  }

  of(userId: string): ReadonlySet<Connection> {
    return this.byPerson.get(userId) ?? NONE
  }

  staff(): ReadonlySet<Connection> {
    return this.ofStaff
  }

  all(): Connection[] {
    return [...this.byId.values()]
  }

  people(): IterableIterator<string> {
    return this.byPerson.keys()
  }
}
