import type { Happening } from '@parley/contracts'
import { Client } from './client.ts'
import { isRemoval } from './hearing.ts'
import type { Line } from './line.ts'
import { Violation } from './violation.ts'

/** What one connection of a phone has been given of a session. */
interface Given {
  lastSeq: number
  /** Of the last event that was surely live; null: none was. */
  change: number | null
}

/** An app that keeps no numbers: it is given what its person has not received, and keeps what it is given (D19). */
export class Phone extends Client {
  /** Session → the ids of its messages, by `seq`. */
  readonly kept = new Map<string, Map<number, string>>()
  /** Never answers a ping. */
  readonly isMute: boolean
  private given = new Map<string, Given>()
  private removedFrom = new Set<string>()

  constructor(around: ConstructorParameters<typeof Client>[0], userId: string, isMute: boolean) {
    super(around, userId, 'user')
    this.isMute = isMute
  }

  protected override lineKind(): { readonly backlog: boolean; readonly isMute: boolean } {
    return { backlog: true, isMute: this.isMute }
  }

  protected override opened(): Promise<void> {
    this.given = new Map()
    this.removedFrom = new Set()
    return Promise.resolve()
  }

  override sync(): void {
    // It has no numbers to sync by.
  }

  async act(): Promise<void> {
    const { random, clock } = this.around
    const sessionId = random.pick([...this.kept.keys()])
    const dice = random.next()
    if (dice < 0.3) this.line?.cut()
    else if (dice < 0.4 && sessionId !== undefined)
      await this.byAnyWay('session.remove-participant', { sessionId, userId: this.userId })
    else if (dice < 0.6 && this.isHere()) {
      this.goAway()
      clock.after(random.between(100, 6000), () => this.comeIn())
    }
  }

  protected override event(_line: Line, happening: Happening): void {
    this.heard(happening)
  }

  protected heard(happening: Happening): void {
    if (happening.name === 'session.opened') this.removedFrom.delete(happening.data.session.id)
    if (!('change' in happening.data)) return
    const event = happening as Parameters<typeof isRemoval>[0]
    const { sessionId, change } = event.data
    if (this.removedFrom.has(sessionId))
      throw new Violation('G8', `${this.userId} was removed from ${sessionId} and got change ${change}`)
    const given = this.given.get(sessionId) ?? { lastSeq: 0, change: null }
    this.given.set(sessionId, given)
    if (given.change !== null && change !== given.change + 1)
      throw new Violation('D1', `${this.userId} got change ${change} of ${sessionId} after ${given.change}`)
    if (event.name === 'message.created') this.keep(event.data.message, given)
    if (event.name !== 'message.created' || given.change !== null) given.change = change
    if (!isRemoval(event, this.userId)) return
    this.given.delete(sessionId)
    this.removedFrom.add(sessionId)
  }

  /** The backlog and what is live have their order in common (D19). */
  private keep({ id, sessionId, seq }: { id: string; sessionId: string; seq: number }, given: Given): void {
    if (seq <= given.lastSeq)
      throw new Violation('D19', `${this.userId} got message ${seq} of ${sessionId} after ${given.lastSeq}`)
    given.lastSeq = seq
    const messages = this.kept.get(sessionId) ?? new Map<number, string>()
    this.kept.set(sessionId, messages.set(seq, id))
  }
}
