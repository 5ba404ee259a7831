import type { Happening, Role, Session } from '@parley/contracts'
import type { Person } from '../../access/caller.ts'
import type { CoreOperation } from '../../node/chat-node.ts'
import { type Counted, isRemoval } from './hearing.ts'
import { Line, type LineKind } from './line.ts'
import { Outbox } from './outbox.ts'
import { Replica } from './replica.ts'
import type { Surroundings } from './surroundings.ts'
import { syncAll } from './syncing.ts'
import type { Answer, In, Out } from './wire.ts'

/** Up to this long after it has lost its connection a client tries again. Milliseconds. */
const RECONNECT_MS = 1500

/** A person's client: keeps itself connected, keeps a replica of its sessions, sends until it is acknowledged. */
export abstract class Client {
  readonly userId: string
  readonly caller: Person
  readonly replica = new Replica()
  readonly outbox: Outbox
  line: Line | null = null
  /** It wants to be connected. */
  private wanted = false
  private isGoneForGood = false
  private syncing: Line | null = null
  private again = false
  protected readonly around: Surroundings

  constructor(around: Surroundings, userId: string, role: Role) {
    this.around = around
    this.userId = userId
    this.caller = { kind: 'person', userId, role, name: null, loginId: `login of ${userId}` }
    this.outbox = new Outbox(around, userId, input => this.byAnyWay('message.send', input))
  }

  /** Does something that its person might do. */
  abstract act(): Promise<void>

  /** After each opening. */
  protected abstract opened(line: Line): Promise<void>

  protected abstract heard(happening: Happening): void

  protected lineKind(): LineKind {
    return { backlog: false, isMute: false }
  }

  comeIn(): void {
    if (this.isGoneForGood) return
    this.wanted = true
    this.connect()
  }

  goAway(): void {
    this.wanted = false
    this.line?.cut()
  }

  leaveForGood(): void {
    this.isGoneForGood = true
    this.goAway()
  }

  isHere(): boolean {
    return this.wanted
  }

  isSettled(): boolean {
    return this.wanted ? this.line?.isOpen === true && this.syncing === null : this.line === null
  }

  /** Gets what is new of all that it knows, on the present connection. */
  sync(): void {
    const { line } = this
    if (!line?.isOpen) return
    if (this.syncing === line) {
      this.again = true
      return
    }
    this.syncing = line
    this.again = false
    syncAll(this.around, line, this.replica)
      .then(() => this.synced(line))
      .catch(this.around.fail)
  }

  /** From now on it belongs to what the client keeps up to date. */
  know(session: Session | { id: string }): void {
    this.replica.know(session.id)
    if (!this.line?.hearing.hears(session.id)) this.sync()
  }

  /** Over the connection if there is one, else, and now and then, by a request of its own. */
  async byAnyWay<N extends CoreOperation>(name: N, input: In<N>): Promise<Answer | null> {
    const { line, around } = this
    if (line?.isOpen && !around.random.happens(0.15)) return await line.call(name, input)
    return await this.byRequest(name, input)
  }

  async get<N extends CoreOperation>(name: N, input: In<N>): Promise<Out<N> | null> {
    const answer = await this.byAnyWay(name, input)
    return answer?.ok ? (answer.output as Out<N>) : null
  }

  private async byRequest<N extends CoreOperation>(name: N, input: In<N>): Promise<Answer | null> {
    const { clock, random, faults, servers } = this.around
    const { linkDelayMs, requestLoss, requestRepeat } = faults()
    const server = random.pick(servers)
    await clock.sleep(random.between(0, linkDelayMs))
    if (!server || random.happens(requestLoss)) return null
    if (random.happens(requestRepeat)) server.request(this.caller, name, input).catch(this.around.fail)
    const answer = await Promise.race([server.request(this.caller, name, input), clock.sleep(4000)])
    await clock.sleep(random.between(0, linkDelayMs))
    return !answer || random.happens(requestLoss) ? null : answer
  }

  private synced(line: Line): void {
    if (this.syncing !== line) return
    this.syncing = null
    if (this.again) this.sync()
  }

  private connect(): void {
    if (this.line || !this.wanted) return
    this.line = new Line(this.around, this.caller, this.lineKind(), {
      opened: line => {
        this.sync()
        this.opened(line).catch(this.around.fail)
      },
      event: (line, happening) => this.event(line, happening),
      closed: line => this.closed(line),
    })
  }

  protected event(line: Line, happening: Happening): void {
    if ('change' in happening.data) {
      const event = happening as Counted
      line.hearing.counted(event)
      this.replica.apply(event)
      if (isRemoval(event, this.userId)) this.replica.copies.delete(event.data.sessionId)
      else if (!line.hearing.hears(event.data.sessionId)) this.know({ id: event.data.sessionId })
    }
    this.heard(happening)
  }

  private closed(line: Line): void {
    if (this.line !== line) return
    this.line = null
    this.syncing = null
    const { clock, random } = this.around
    clock.after(random.between(20, RECONNECT_MS), () => this.connect())
  }
}
