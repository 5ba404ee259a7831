import type { AnnouncedWrites } from '../delivery/announcing-store.ts'
import type { AssignmentNews } from '../delivery/assignment-news.ts'
import type { Background } from '../node/background.ts'
import { Paced } from '../node/paced.ts'
import type { Clock } from '../ports/clock.ts'
import type { Connections } from './connections.ts'
import { SYSTEM } from './system.ts'

interface Parts {
  readonly writes: AnnouncedWrites
  readonly news: AssignmentNews
  readonly connections: Connections
}

/** Brings operators back who have a connection here: each that comes, and all when the store had lost sight of them. */
export class ReturningOperators {
  private readonly parts: Parts
  private readonly paced: Paced
  private waiting = new Set<string>()

  constructor(parts: Parts, background: Background, clock: Clock) {
    this.parts = parts
    this.paced = new Paced(background, clock, { what: 'bringing back operators', gatherMs: 0 }, () =>
      this.work(),
    )
  }

  async isBack(operatorId: string): Promise<void> {
    await this.parts.news.begin(operatorId)
    await this.parts.writes.turn({ ...SYSTEM, kind: 'connected', operatorId })
  }

  /** Tried until it succeeds, for those who are still here. */
  allAreBack(): void {
    for (const { caller } of this.parts.connections.all())
      if (caller.role === 'operator') this.waiting.add(caller.userId)
    if (this.waiting.size > 0) this.paced.request()
  }

  private async work(): Promise<void> {
    for (const operatorId of this.waiting) {
      if (this.parts.connections.of(operatorId).size > 0) await this.isBack(operatorId)
      this.waiting.delete(operatorId)
    }
  }
}
