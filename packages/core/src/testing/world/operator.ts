import { type Happening, type Session, type SessionList, STRATEGIES } from '@parley/contracts'
import { Client } from './client.ts'
import type { Line } from './line.ts'
import type { Copy } from './replica.ts'
import type { Out } from './wire.ts'

const LISTS = ['mine', 'queue', 'active', 'team'] as const satisfies readonly SessionList[]
const STATUSES = ['online', 'online', 'busy', 'offline'] as const

const isOwn = (list: SessionList) => list === 'mine' || list === 'team'

/** Answers, hands over, hands back, takes by hand, changes its status, goes away and comes back; watches its lists. */
export class Operator extends Client {
  readonly lists = new Map<SessionList, Map<string, Session>>()
  colleagues: readonly string[] = []

  protected async opened(line: Line): Promise<void> {
    for (const list of LISTS) await this.watch(line, list)
  }

  protected heard({ name, data }: Happening): void {
    if (name === 'session.listed') this.lists.get(data.list)?.set(data.session.id, data.session)
    if (name === 'session.unlisted') this.lists.get(data.list)?.delete(data.sessionId)
    if (name === 'session.listed' && isOwn(data.list)) this.know(data.session)
  }

  async act(): Promise<void> {
    const { random } = this.around
    const [sessionId] = random.pick(this.mine()) ?? []
    const dice = random.next()
    if (sessionId !== undefined && dice < 0.55) this.outbox.write(sessionId)
    else if (sessionId !== undefined && dice < 0.75) await this.handle(sessionId, random.between(1, 4))
    else if (dice < 0.83) await this.choose()
    else if (dice < 0.88) await this.takeByHand()
    else if (dice < 0.93) this.line?.cut()
    else if (dice < 0.97) this.sync()
    else this.leaveForAWhile()
  }

  private mine(): [string, Copy][] {
    return [...this.replica.copies].filter(
      ([, { session }]) => session?.status === 'active' && session.operatorId === this.userId,
    )
  }

  private async watch(line: Line, list: SessionList): Promise<void> {
    const shown = new Map<string, Session>()
    this.lists.set(list, shown)
    const answer = await line.call('session.watch', { list, limit: 500 }, null)
    if (!line.isOpen) return
    if (!answer?.ok) {
      await this.around.clock.sleep(200)
      return await this.watch(line, list)
    }
    for (const session of (answer.output as Out<'session.watch'>).sessions) shown.set(session.id, session)
    if (isOwn(list)) for (const id of shown.keys()) this.know({ id })
  }

  private async handle(sessionId: string, what: number): Promise<void> {
    if (what === 1) await this.byAnyWay('session.end', { sessionId, reason: 'done' })
    if (what === 2) await this.assign(sessionId, { toQueue: true })
    if (what === 3) await this.assign(sessionId, {})
    if (what === 4) await this.assign(sessionId, { operatorId: this.around.random.pick(this.colleagues) })
  }

  private async assign(
    sessionId: string,
    to: { operatorId?: string | undefined; toQueue?: boolean },
  ): Promise<void> {
    await this.byAnyWay('operator.assign', {
      sessionId,
      strategy: this.around.random.pick([undefined, ...STRATEGIES]),
      operatorId: to.operatorId,
      toQueue: to.toQueue,
    })
  }

  private async choose(): Promise<void> {
    const status = this.around.random.pick(STATUSES)
    // Set from afar it would count without a connection (O2), and nobody could say what should be.
    if (status && this.line?.isOpen)
      await this.byAnyWay('operator.set-status', { operatorId: this.userId, status })
  }

  private async takeByHand(): Promise<void> {
    const waiting = this.around.random.pick([...(this.lists.get('queue')?.keys() ?? [])])
    if (waiting !== undefined) await this.assign(waiting, { operatorId: this.userId })
  }

  private leaveForAWhile(): void {
    const { clock, random } = this.around
    if (!this.isHere()) return
    this.goAway()
    clock.after(random.between(100, 9000), () => this.comeIn())
  }
}
