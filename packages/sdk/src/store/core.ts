import type { Connection } from '../connection/connection.ts'
import type { Call } from '../connection/credentials.ts'
import type { Me, Session } from '../contract-types.ts'
import type { Environment } from '../environment.ts'
import type { OutgoingQueue } from '../sync/outgoing-queue.ts'
import type { Emit } from './emitter.ts'

/** What every part of the store works with. */
export interface Core {
  readonly environment: Environment
  readonly connection: Connection
  readonly call: Call
  readonly queue: OutgoingQueue
  readonly emit: Emit
  me(): Me | null
}

/** What of it others wrote and `me` has not read. Nobody's own message lies behind their mark: sending moves it. */
export function unreadOf(session: Session, me: string | null, readSeq?: number): number {
  const mark = readSeq ?? session.marks.find(({ userId }) => userId === me)?.readSeq
  return mark === undefined ? (session.unreadCount ?? 0) : Math.max(0, session.lastSeq - mark)
}
