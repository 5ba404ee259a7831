import type pg from 'pg'

const EVERY_MS = 60_000
const CHECKPOINT_AFTER_BYTES = 64 * 1024 * 1024

// As autovacuum would: 50 rows and a fifth of the table, or long before transaction numbers run out.
const DUE_FOR_VACUUM = `
  SELECT format('%I.%I', s.schemaname, s.relname) AS name
  FROM pg_stat_all_tables s JOIN pg_class c ON c.oid = s.relid
  WHERE c.relkind = 'r' AND s.schemaname NOT LIKE 'pg_toast%'
    AND (s.n_dead_tup > 50 + 0.2 * c.reltuples OR s.n_mod_since_analyze > 50 + 0.1 * c.reltuples
      OR age(c.relfrozenxid) > 150000000)`

const LOG_SINCE_CHECKPOINT = `
  SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 AS bytes FROM pg_control_checkpoint()`

/**
 * PGlite runs neither autovacuum nor a checkpointer: without this, rows that were replaced stay for ever, and
 * the log grows (and with it the time to recover after a crash) until the process ends.
 */
export function startMaintenance(pool: pg.Pool, onError: (error: unknown) => void): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = maintain(pool).catch(onError)
  }, EVERY_MS).unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** One query a step, so that callers who wait for the connection come in between. */
export async function maintain(pool: pg.Pool): Promise<void> {
  const due = await pool.query<{ name: string }>(DUE_FOR_VACUUM)
  for (const { name } of due.rows) await pool.query(`VACUUM (ANALYZE) ${name}`)
  const log = await pool.query<{ bytes: number }>(LOG_SINCE_CHECKPOINT)
  if ((log.rows[0]?.bytes ?? 0) > CHECKPOINT_AFTER_BYTES) await pool.query('CHECKPOINT')
}
