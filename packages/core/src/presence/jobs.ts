import type { AnnouncedWrites } from '../delivery/announcing-store.ts'
import type { CoreSettings } from '../node/chat-node.ts'
import type { Job } from '../ports/store/job-store.ts'
import type { Store } from '../ports/store.ts'
import { nextLook, shortestTimeout } from './abandonment.ts'
import { SYSTEM } from './system.ts'

/** Due jobs are looked for this often. Milliseconds. */
export const JOBS_EVERY_MS = 1000
const JOBS_PAGE = 50
/** A job whose runner has died or failed is free again after this long. Milliseconds. */
const LOCK_MS = 5000

interface Parts {
  readonly store: Store
  readonly writes: AnnouncedWrites
  readonly settings: CoreSettings
  readonly nodeId: string
}

/** Deadlines: claimed by one node at a time, asked again when they run whether what they wait for has come. */
export class Jobs {
  private readonly parts: Parts
  private running: Promise<void> | null = null

  constructor(parts: Parts) {
    this.parts = parts
  }

  /** The deadline of a session that is about to start: made first, so that no crash leaves one without. */
  async watchSession(sessionId: string): Promise<void> {
    const first = shortestTimeout(this.parts.settings)
    if (first !== null) await this.parts.store.schedule('session.abandon', sessionId, first)
  }

  run(): Promise<void> {
    this.running ??= this.runDue().finally(() => {
      this.running = null
    })
    return this.running
  }

  private async runDue(): Promise<void> {
    for (;;) {
      const jobs = await this.parts.store.claimJobs(this.parts.nodeId, JOBS_PAGE, LOCK_MS)
      const results = await Promise.allSettled(jobs.map(job => this.runOne(job)))
      const failure = results.find(result => result.status === 'rejected')
      if (failure) throw failure.reason
      if (jobs.length < JOBS_PAGE) return
    }
  }

  private runOne(job: Job): Promise<void> {
    return job.kind === 'operator.grace' ? this.endGrace(job) : this.abandon(job)
  }

  /** The turn itself looks whether the operator is back. */
  private async endGrace(job: Job): Promise<void> {
    await this.parts.writes.turn({ ...SYSTEM, kind: 'gone', operatorId: job.key })
    await this.parts.store.finishJob(job.id)
  }

  /** The turn looks again under its lock; whatever it decides, the next look sees whether the session has ended. */
  private async abandon(job: Job): Promise<void> {
    const { store, writes, settings } = this.parts
    const idle = await store.idle(job.key)
    const look = idle && nextLook(settings, idle)
    if (look === null) return store.finishJob(job.id)
    if (look > 0) return store.postponeJob(job.id, look)
    const { waitingTimeoutMs: waitingAfterMs, idleTimeoutMs: idleAfterMs } = settings
    await writes.turn({ ...SYSTEM, kind: 'abandon', sessionId: job.key, waitingAfterMs, idleAfterMs })
    await store.postponeJob(job.id, JOBS_EVERY_MS)
  }
}
