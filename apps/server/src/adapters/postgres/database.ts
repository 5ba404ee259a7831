import type pg from 'pg'
import type { PrismaClient } from '../../generated/prisma/client.ts'

export type DatabaseTarget = { readonly url: string } | { readonly dataDir: string }

export interface DatabaseOptions {
  /** Connections to a PostgreSQL server at most; the embedded database has one, whatever this says. */
  readonly poolSize?: number
  /** How long to wait for a PostgreSQL server to answer a new connection, or for one of the pool to come free. */
  readonly connectTimeoutMs?: number
  /** Told of faults that nobody waits for, such as an idle connection that was cut: the next query connects anew. */
  readonly onFault?: (error: unknown) => void
}

/** A pool and what it stands on. */
export interface Connected {
  readonly pool: pg.Pool
  readonly lost: Promise<Error>
  close(): Promise<void>
}

export interface Database extends Connected {
  readonly kind: 'postgres' | 'embedded'
  /**
   * For SQL, as `prisma` is for the rest. The embedded database has one connection: whoever holds a client or
   * an open transaction and awaits a query that is not on it waits until the pool gives up (30 s).
   */
  readonly pool: pg.Pool
  readonly prisma: PrismaClient
  /** Resolves when this process can never use the database again (its thread died); otherwise never. */
  readonly lost: Promise<Error>
  /** Waits for the clients in use, writes everything out, gives the data folder free. */
  close(): Promise<void>
}
