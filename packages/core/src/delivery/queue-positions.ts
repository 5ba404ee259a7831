import type { Session, WaitEstimate } from '@parley/contracts'
import type { Background } from '../node/background.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { Hubs } from './hubs.ts'

/** The head of the queue that is looked at; who waits behind it hears of its place when it comes into it. */
const QUEUE_LIMIT = 1000
/** A waiting visitor hears of its place at most this often. Milliseconds. */
export const POSITION_EVERY_MS = 1000

interface Told {
  readonly position: number
  readonly at: number
}

/** Tells waiting visitors who listen here their place in the queue, when it is another one. */
export class QueuePositions {
  private positions = new Map<string, number>()
  private readonly told = new Map<string, Told>()
  private armed = false
  private readonly parts: { store: Store; hubs: Hubs; background: Background; clock: Clock }

  constructor(parts: { store: Store; hubs: Hubs; background: Background; clock: Clock }) {
    this.parts = parts
  }

  anyoneHears(): boolean {
    return this.parts.hubs.sizes().sessions > 0
  }

  /** An answer has told the place. */
  shown({ id, queuePosition }: Session): void {
    if (queuePosition !== null) this.told.set(id, { position: queuePosition, at: Number.NEGATIVE_INFINITY })
  }

  /** Reads the queue; answers with the sessions whose place is another one now. */
  async look(): Promise<string[]> {
    const queue = await this.parts.store.queue(QUEUE_LIMIT)
    const positions = new Map(queue.map((sessionId, index) => [sessionId, index + 1]))
    const moved = queue.filter(sessionId => this.positions.get(sessionId) !== positions.get(sessionId))
    this.positions = positions
    for (const sessionId of this.told.keys()) if (!positions.has(sessionId)) this.told.delete(sessionId)
    await this.tell()
    return moved
  }

  private async tell(): Promise<void> {
    const now = this.parts.clock.now()
    const changed = [...this.positions].filter(([id, position]) => this.isNews(id, position))
    const due = changed.filter(([id]) => now - (this.told.get(id)?.at ?? 0) >= POSITION_EVERY_MS)
    if (due.length < changed.length) this.tellLater()
    if (due.length === 0) return
    const read = await this.parts.store.sessions(
      due.map(([id]) => id),
      null,
    )
    for (const { id, queuePosition, queueEstimate } of read)
      if (queuePosition !== null) this.tellOne(id, queuePosition, queueEstimate, now)
  }

  private isNews(sessionId: string, position: number): boolean {
    return this.told.get(sessionId)?.position !== position && this.parts.hubs.find(sessionId) !== null
  }

  private tellOne(sessionId: string, position: number, estimate: WaitEstimate | null, at: number): void {
    const hub = this.parts.hubs.find(sessionId)
    if (!hub) return
    this.told.set(sessionId, { position, at })
    hub.signalCustomers({ name: 'queue.position', data: { sessionId, position, estimate } })
  }

  private tellLater(): void {
    if (this.armed) return
    this.armed = true
    this.parts.background.after(POSITION_EVERY_MS, () => {
      this.armed = false
      this.parts.background.run('telling of queue positions', () => this.tell())
    })
  }
}
