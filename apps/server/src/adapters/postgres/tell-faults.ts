import type pg from 'pg'
import type { DatabaseOptions } from './database.ts'

/**
 * A connection that is cut emits an error, and one that nobody listens to ends the process. The pool listens only
 * while a client is idle; whoever has taken one out hears of the cut from its own query.
 */
export function tellFaults(pool: pg.Pool, { onFault }: DatabaseOptions): void {
  pool.on('connect', client => client.on('error', error => onFault?.(error)))
  pool.on('error', () => undefined) // the client has told it already
}
