/**
 * A deadline that any node may run once. `session.abandon` and `operator.grace` ask again when they run whether
 * what they wait for has come, so one that runs late or twice does no harm.
 */
export interface Job {
  readonly id: string
  readonly kind: 'session.abandon' | 'operator.grace'
  /** The session or operator it is about; one job of a kind for each. */
  readonly key: string
}

export interface JobStore {
  /**
   * Makes the job, or moves the one there is to the new time, `inMs` from the store's now. A moved job gets a new id
   * and is nobody's, so that whoever is running the old one neither finishes nor postpones the new deadline.
   */
  schedule(kind: Job['kind'], key: string, inMs: number): Promise<void>
  /** Takes due jobs for `lockMs`; nobody else gets them meanwhile. */
  claimJobs(nodeId: string, limit: number, lockMs: number): Promise<Job[]>
  /** Drops the job. One that is gone or was moved (its id is another) stays as it is. */
  finishJob(jobId: string): Promise<void>
  /** Runs again `inMs` from now, for any node. One that is gone or was moved stays as it is. */
  postponeJob(jobId: string, inMs: number): Promise<void>
  /**
   * By the store's clock; null if there is no such support session. `visitorGoneMs`: since the latest of the start,
   * the visitor's last message in it and the visitor's last sight. `quietMs`: since its last message, or its start.
   */
  idle(sessionId: string): Promise<{
    readonly status: 'waiting' | 'active' | 'ended'
    readonly connected: boolean
    readonly visitorGoneMs: number
    readonly quietMs: number
  } | null>
}
