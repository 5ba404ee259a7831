import { Client } from './client.ts'
import type { Copy } from './replica.ts'

const NOTHING = {
  userId: undefined,
  userType: undefined,
  name: undefined,
  locale: undefined,
  timeZone: undefined,
  metadata: undefined,
} as const

/** Opens a session, writes, reads, loses its connection, comes back, ends it, opens another. */
export class Visitor extends Client {
  protected opened(): Promise<void> {
    return Promise.resolve()
  }

  protected heard(): void {
    // Its replica is all that it has.
  }

  async act(): Promise<void> {
    const { random, clock } = this.around
    const copy = this.openCopy()
    if (!copy || random.happens(0.05)) return await this.start()
    const [sessionId, { messages }] = copy
    const dice = random.next()
    if (dice < 0.6) this.outbox.write(sessionId)
    else if (dice < 0.68) await this.type(sessionId)
    else if (dice < 0.78) await this.read(messages)
    else if (dice < 0.83) await this.byAnyWay('session.end', { sessionId, reason: undefined })
    else if (dice < 0.89) this.line?.cut()
    else if (dice < 0.92) await this.join(sessionId)
    else if (dice < 0.95) this.sync()
    else if (this.isHere()) {
      this.goAway()
      clock.after(random.between(100, 9000), () => this.comeIn())
    }
  }

  private openCopy(): [string, Copy] | undefined {
    return [...this.replica.copies].find(([, { session }]) => session && session.status !== 'ended')
  }

  private async start(): Promise<void> {
    const answer = await this.get('session.start', NOTHING)
    if (answer) this.know(answer.session)
  }

  private async type(sessionId: string): Promise<void> {
    const isTyping = this.around.random.happens(0.5)
    await this.byAnyWay('typing.set', { sessionId, isTyping, userId: undefined, receiverId: undefined })
  }

  private async read(messages: Copy['messages']): Promise<void> {
    const message = this.around.random.pick([...messages.values()])
    if (message) await this.byAnyWay('message.read', { messageId: message.id, userId: undefined })
  }

  /** As the support family does: the answer takes the place of what was heard. */
  private async join(sessionId: string): Promise<void> {
    const { line } = this
    const answer = await line?.call(
      'session.join',
      { sessionId, userId: undefined, userType: undefined },
      null,
    )
    if (!line || !answer?.ok) return
    const { session } = answer.output as { session: { lastChange: number } }
    line.hearing.answered(sessionId, session.lastChange)
    this.sync()
  }
}
