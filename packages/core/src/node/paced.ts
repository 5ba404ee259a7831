import type { Clock } from '../ports/clock.ts'
import type { Background } from './background.ts'

interface Pace {
  readonly what: string
  /** From the first request to the run: what comes meanwhile goes with it. Milliseconds. */
  readonly gatherMs: number
}

/** After a failure. Milliseconds. */
const RETRY_MS = 1000
/** The pause after a run is so many times as long as the run took: such work never takes more than a fifth of the time. */
const REST = 4

/** Work that many things ask for and one run answers: never two at once, and no more often than it is cheap. */
export class Paced {
  private readonly background: Background
  private readonly clock: Clock
  private readonly pace: Pace
  private readonly task: () => Promise<void>
  private state: 'idle' | 'armed' | 'running' | 'running, wanted again' = 'idle'
  private notBefore = 0

  constructor(background: Background, clock: Clock, pace: Pace, task: () => Promise<void>) {
    this.background = background
    this.clock = clock
    this.pace = pace
    this.task = task
  }

  request(): void {
    if (this.state === 'running') this.state = 'running, wanted again'
    if (this.state === 'idle') this.arm(this.pace.gatherMs)
  }

  private arm(ms: number): void {
    this.state = 'armed'
    const wait = Math.max(ms, this.notBefore - this.clock.now())
    this.background.after(wait, () => this.background.run(this.pace.what, () => this.perform()))
  }

  private async perform(): Promise<void> {
    const start = this.clock.now()
    this.state = 'running'
    try {
      await this.task()
    } catch (cause) {
      this.arm(RETRY_MS)
      throw cause
    }
    const end = this.clock.now()
    this.notBefore = end + REST * (end - start)
    const again = this.wantedAgain()
    this.state = 'idle'
    if (again) this.request()
  }

  private wantedAgain(): boolean {
    return this.state === 'running, wanted again'
  }
}
