import pg from 'pg'
import type { WorkerSettings } from './protocol.ts'
import { EmbeddedWire } from './wire.ts'
import { EmbeddedStream } from './wire-stream.ts'

export interface EmbeddedDatabase {
  readonly pool: pg.Pool
  /** Resolves when the database's thread has died by itself; never otherwise. */
  readonly lost: Promise<Error>
  close(): Promise<void>
}

/** How long a caller waits for its turn on the one connection before it is told that there is none. */
const TURN_TIMEOUT_MS = 30_000

/**
 * PGlite in a thread of its own, because its queries block the thread they run in. The thread speaks
 * PostgreSQL's wire protocol, so the same driver serves both databases, with the same types and errors.
 */
export async function startEmbedded(settings: WorkerSettings): Promise<EmbeddedDatabase> {
  const wire = new EmbeddedWire(settings)
  await wire.ready.catch(async (cause: unknown) => {
    await wire.close()
    throw cause
  })
  const pool = new pg.Pool({
    max: 1, // PGlite is one session; pg's pool queues the callers
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: TURN_TIMEOUT_MS,
    user: 'postgres',
    database: 'postgres',
    stream: () => new EmbeddedStream(wire),
  })
  return { pool, lost: wire.lost, close: () => close(pool, wire) }
}

async function close(pool: pg.Pool, wire: EmbeddedWire): Promise<void> {
  if (!pool.ended) await pool.end()
  await wire.close()
}
