import {
  type Happening,
  type Input,
  type Output,
  operationsByName,
  type RawInput,
  type Role,
} from '@parley/contracts'
import type { Caller } from '../src/access/caller.ts'
import type { CoreOperation, CoreSettings, Ports } from '../src/node/chat-node.ts'
import { Node } from '../src/node/node.ts'
import type { Bus, BusMessage } from '../src/ports/bus.ts'
import type { Store } from '../src/ports/store.ts'
import { rules } from '../src/rules.ts'
import { createMemoryStore, type MemoryStore } from '../src/testing/memory-store/memory-store.ts'
import { RecordingConnection } from '../src/testing/sim/connection.ts'
import { SimIds } from '../src/testing/sim/ids.ts'
import { mortal } from '../src/testing/sim/mortal.ts'
import { Random } from '../src/testing/sim/random.ts'
import { simClock } from './settle.ts'

export const SETTINGS: CoreSettings = {
  messageMaxLength: 1000,
  operatorGraceMs: 30_000,
  waitingTimeoutMs: 600_000,
  idleTimeoutMs: 1_800_000,
  recallWindowMs: 120_000,
  directMessages: 'friends',
  fileHosts: [],
}

/** A bus between nodes that loses what a test says. */
class LossyBus {
  loses: (message: BusMessage) => boolean = () => false
  readonly said: BusMessage[] = []
  private readonly listeners = new Set<(message: BusMessage) => void>()
  private readonly recovered = new Set<() => void>()

  readonly port: Bus = {
    publish: message => {
      this.said.push(message)
      if (!this.loses(message)) this.repeat(message)
    },
    subscribe: listener => {
      this.listeners.add(listener)
      return () => this.listeners.delete(listener)
    },
    onRecovered: listener => {
      this.recovered.add(listener)
      return () => this.recovered.delete(listener)
    },
  }

  repeat(message: BusMessage): void {
    for (const listener of this.listeners) listener(message)
  }

  recover(): void {
    this.loses = () => false
    for (const listener of this.recovered) listener()
  }
}

/** A client's end: what it was given and what was answered, in the order of the wire. */
export class Client extends RecordingConnection {
  readonly wire: (Happening | { readonly name: 'answer' })[] = []
  readonly node: Node

  constructor(node: Node, id: string, userId: string, role: Role) {
    super(id, userId, role)
    this.node = node
  }

  override deliver(happening: Happening): void {
    super.deliver(happening)
    this.wire.push(happening)
  }

  /** As a door does it: the answer is written, then what waited for it. */
  async call<N extends CoreOperation>(name: N, raw: RawInput<N>): Promise<Output<N>> {
    const after: (() => void)[] = []
    const afterAnswer = (task: () => void) => after.push(task)
    const context = { caller: this.caller, connection: this, requestId: null, afterAnswer }
    try {
      return await this.node.perform(name, context, operationsByName[name].input.parse(raw) as Input<N>)
    } finally {
      this.wire.push({ name: 'answer' })
      for (const task of after) task()
    }
  }

  pong(): void {
    this.node.ponged(this.id)
  }

  leave(): void {
    this.node.disconnect(this.id)
  }
}

/** Nodes over one store in memory, on simulated time. */
export class NodeWorld {
  readonly clock = simClock()
  readonly store: MemoryStore = createMemoryStore({ clock: this.clock })
  readonly bus = new LossyBus()
  readonly problems: string[] = []
  private readonly kills = new Map<Node, () => void>()
  private readonly random = new Random(1)
  private connections = 0

  async node(settings: Partial<CoreSettings> = {}, store: Store = this.store): Promise<Node> {
    const ports: Ports = {
      store,
      bus: this.bus.port,
      clock: this.clock,
      ids: new SimIds(this.clock, this.random),
      phoneNumber: text => text,
      report: ({ what }) => this.problems.push(what),
    }
    const { ports: own, kill } = mortal(ports)
    const node = new Node(own, { ...SETTINGS, ...settings }, rules)
    this.kills.set(node, kill)
    await this.clock.until(node.start())
    return node
  }

  /** As kill -9: it says goodbye to nobody. */
  kill(node: Node): void {
    this.kills.get(node)?.()
  }

  async connect(node: Node, userId: string, role: Role = 'visitor'): Promise<Client> {
    this.connections++
    const client = new Client(node, `c${this.connections}`, userId, role)
    await this.clock.until(node.connect(client))
    return client
  }

  operator(id: string, maxUsers = 2): void {
    this.store.fixtures.addOperator({ id, name: id, maxUsers })
  }

  /** A call without a connection, as over REST. */
  request<N extends CoreOperation>(
    node: Node,
    caller: Caller,
    name: N,
    raw: RawInput<N>,
  ): Promise<Output<N>> {
    const input = operationsByName[name].input.parse(raw) as Input<N>
    return this.clock.until(node.perform(name, { caller, connection: null, requestId: null }, input))
  }

  async call<N extends CoreOperation>(client: Client, name: N, raw: RawInput<N>): Promise<Output<N>> {
    return await this.clock.until(client.call(name, raw))
  }

  /** Starts a support session for the client's person. */
  async start(client: Client): Promise<string> {
    return (await this.call(client, 'session.start', {})).session.id
  }

  /** Starts one, and joins it. */
  async chat(client: Client): Promise<string> {
    const sessionId = await this.start(client)
    await this.call(client, 'session.join', { sessionId })
    return sessionId
  }

  write(client: Client, sessionId: string, text = 'hello'): Promise<Output<'message.send'>> {
    return this.call(client, 'message.send', { sessionId, text })
  }
}

export const key: Caller = { kind: 'key', keyId: 'key-1' }
