import type { Role } from '@parley/contracts'
import type { Node } from '../src/node/node.ts'
import { type Client, key, type NodeWorld } from './node-world.ts'

/** People with accounts in a world of nodes, and the sessions they are in. */
export class People {
  private readonly world: NodeWorld
  private readonly node: Node

  constructor(world: NodeWorld, node: Node, ...userIds: string[]) {
    this.world = world
    this.node = node
    for (const id of userIds) world.store.fixtures.addPerson({ id, role: 'user', name: id })
  }

  connect(userId: string, node = this.node, role: Role = 'user'): Promise<Client> {
    return this.world.connect(node, userId, role)
  }

  /** A connection that hears all of its person's sessions. */
  async inbox(userId: string, node = this.node, backlog = false): Promise<Client> {
    const client = await this.connect(userId, node)
    client.got.length = 0
    if (backlog) await this.world.clock.until(node.openInbox(client, { backlog }))
    else await this.world.call(client, 'inbox.open', {})
    return client
  }

  /** Made by an API key: the first owns it. */
  async group(userIds: string[], showsHistory = false): Promise<string> {
    const group = { name: 'Team', participantIds: userIds, ownerId: userIds[0], showsHistory }
    return (await this.world.request(this.node, key, 'session.group', group)).id
  }

  async add(sessionId: string, ...userIds: string[]): Promise<void> {
    await this.world.request(this.node, key, 'session.add-participants', { sessionId, userIds })
  }

  async remove(sessionId: string, userId: string): Promise<void> {
    await this.world.request(this.node, key, 'session.remove-participant', { sessionId, userId })
  }

  async pair(userId1: string, userId2: string): Promise<string> {
    const { session } = await this.world.request(this.node, key, 'session.private', { userId1, userId2 })
    return session.id
  }

  /** Written without a connection. */
  async say(sessionId: string, senderId: string, text = 'hello', node = this.node): Promise<string> {
    const message = await this.world.request(node, key, 'message.send', { sessionId, senderId, text })
    return message.id
  }
}
