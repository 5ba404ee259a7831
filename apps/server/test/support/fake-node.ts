import type { Happening } from '@parley/contracts'
import type { ChatNode, Connection } from '@parley/core'

type NodeOfDoors = Pick<ChatNode, 'connect' | 'disconnect' | 'ponged' | 'openInbox'>

/** Stands for the core behind the doors: remembers who is connected and what the wire has told. */
export class FakeNode implements NodeOfDoors {
  readonly connections = new Map<string, Connection>()
  readonly ended: string[] = []
  readonly alive: string[] = []
  /** Run before a connection counts; throws to refuse it. */
  beforeConnect: () => Promise<void> = () => Promise.resolve()

  /** Connections that hear all sessions of their person. */
  readonly inboxes: { readonly id: string; readonly backlog: boolean }[] = []
  onInbox: (connection: Connection) => Promise<void> = () => Promise.resolve()

  afterConnect: () => void = () => undefined

  async connect(connection: Connection): Promise<void> {
    await this.beforeConnect()
    this.connections.set(connection.id, connection)
    this.afterConnect()
  }

  disconnect(id: string): void {
    this.connections.delete(id)
    this.ended.push(id)
  }

  async openInbox(connection: Connection, { backlog }: { readonly backlog: boolean }): Promise<void> {
    this.inboxes.push({ id: connection.id, backlog })
    await this.onInbox(connection)
  }

  ponged(id: string): void {
    this.alive.push(id)
  }

  deliver(happening: Happening): void {
    for (const connection of this.connections.values()) connection.deliver(happening)
  }
}
