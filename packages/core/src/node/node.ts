import { Failure, type Input, type Output } from '@parley/contracts'
import type { TurnCommand, TurnOutcome } from '../assignment/turn.ts'
import { listenToBus } from '../delivery/bus-listener.ts'
import type { Connection } from '../ports/connection.ts'
import type { CallContext, ChatNode, CoreOperation, CoreSettings, Ports } from './chat-node.ts'
import type { Deps, Handler, Handlers } from './handler.ts'
import { type HearingOperation, hearingHandlers } from './hearing-handlers.ts'
import { noteMessageList } from './note-answer.ts'
import { makeParts, type Parts } from './parts.ts'
import { healAll, schedule } from './schedule.ts'
import { UnderWay } from './under-way.ts'

export type Rules = Handlers<Exclude<CoreOperation, HearingOperation>>

/** A server process's share of Parley: the rules, this node's connections, and what it does by itself. */
export class Node implements ChatNode {
  readonly id: string
  private readonly parts: Parts
  private readonly bus: Ports['bus']
  private readonly deps: Deps
  private readonly handlers: Handlers<CoreOperation>
  private readonly underWay = new UnderWay()
  private readonly ends: (() => void)[] = []
  private stopping = false

  constructor(ports: Ports, settings: CoreSettings, rules: Rules) {
    this.id = ports.ids.next()
    this.bus = ports.bus
    this.parts = makeParts(ports, settings, this.id)
    this.deps = { ...ports, store: this.parts.store, settings }
    this.handlers = { ...rules, ...hearingHandlers(this.parts) }
  }

  async perform<N extends CoreOperation>(name: N, context: CallContext, input: Input<N>): Promise<Output<N>> {
    const handler: Handler<N> = this.handlers[name]
    const { caller, connection } = context
    if (caller.kind === 'person' && !connection) this.parts.seen.note(caller.userId)
    const output = await this.underWay.during(handler(this.deps, context, input))
    if (name === 'message.list' || name === 'message.history')
      noteMessageList(this.parts, context, output as Output<'message.list' | 'message.history'>)
    if (name === 'message.send') {
      const { sessionId, senderId } = output as Output<'message.send'>
      this.parts.typing.wrote(sessionId, senderId)
    }
    return output
  }

  async connect(connection: Connection): Promise<void> {
    if (this.stopping) throw new Failure('unavailable')
    const { userId, role } = connection.caller
    const { connections, leases, operators } = this.parts
    connections.add(connection)
    try {
      await leases.open(connection)
      if (role === 'operator') await operators.isBack(userId)
    } catch (cause) {
      this.disconnect(connection.id)
      throw cause
    }
  }

  disconnect(connectionId: string): void {
    const { connections, hubs, inboxes, watches, marks, leases, news, typing } = this.parts
    const connection = connections.remove(connectionId)
    if (!connection) return
    inboxes.disconnect(connectionId)
    hubs.disconnect(connectionId)
    watches.disconnect(connectionId)
    marks.disconnect(connectionId)
    leases.close(connectionId)
    const { userId } = connection.caller
    if (connections.of(userId).size > 0) return
    news.end(userId)
    typing.gone(userId)
  }

  openInbox(connection: Connection, how: { readonly backlog: boolean }): Promise<void> {
    return this.underWay.during(this.parts.inboxes.open(connection, how, task => task()))
  }

  ponged(connectionId: string): void {
    this.parts.marks.ponged(connectionId)
  }

  turn(command: TurnCommand): Promise<TurnOutcome> {
    return this.underWay.during(this.parts.writes.turn(command))
  }

  listsChanged(operatorIds: readonly string[]): void {
    this.parts.announcer.lists([], operatorIds)
  }

  endLogin(login: { readonly loginId: string | null; readonly userId: string | null }): void {
    this.bus.publish({ kind: 'login-ended', ...login })
  }

  /** How much this node keeps for its connections: nothing, when it has none. */
  holdings(): Readonly<Record<string, number>> {
    const { hubs, connections, inboxes, watches, marks, typing, news } = this.parts
    return {
      ...hubs.sizes(),
      answersDue: hubs.answersDue(),
      people: [...connections.people()].length,
      inboxes: inboxes.size(),
      watches: watches.size(),
      marks: marks.size(),
      operators: news.size(),
      typing: typing.size(),
    }
  }

  async start(): Promise<void> {
    const { hubs, connections, local, heartbeat } = this.parts
    await heartbeat.beat()
    this.ends.push(listenToBus({ bus: this.bus, hubs, connections, local }))
    this.ends.push(this.bus.onRecovered(() => healAll(this.parts)))
    schedule(this.parts)
  }

  async stop(): Promise<void> {
    this.stopping = true
    await this.underWay.settled()
    for (const end of this.ends.splice(0)) end()
    await this.parts.background.stop()
    await this.parts.leases.leave()
  }
}
