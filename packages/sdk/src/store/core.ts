import type { Connection } from '../connection/connection.ts'
import type { Call } from '../connection/credentials.ts'
import type { Me } from '../contract-types.ts'
import type { Environment } from '../environment.ts'
import type { OutgoingQueue } from '../sync/outgoing-queue.ts'
import type { SessionState } from '../sync/session-state.ts'
import type { Emit } from './emitter.ts'

/** What every part of the store works with. */
export interface Core {
  readonly environment: Environment
  readonly connection: Connection
  readonly call: Call
  readonly queue: OutgoingQueue
  readonly emit: Emit
  /** What `me`, who has read up to `readSeq`, has not read. */
  count(state: SessionState, me: string | null, readSeq: number): number
  me(): Me | null
}
