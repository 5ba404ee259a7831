import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Database } from '../connect.ts'
import { openEmbeddedForTest } from '../testing.ts'
import { maintain, startMaintenance } from './maintenance.ts'

describe('maintenance of the embedded database', () => {
  let db: Database
  beforeAll(async () => {
    db = await openEmbeddedForTest({ migrated: false })
    await db.pool.query(`
      CREATE TABLE counters (n int);
      CREATE TABLE texts (body text);
      ALTER TABLE texts ALTER body SET STORAGE EXTERNAL;
      INSERT INTO counters SELECT generate_series(1, 1000)`)
  })
  afterAll(() => db.close())

  async function deadRows(): Promise<number | undefined> {
    await db.pool.query('SELECT pg_stat_force_next_flush()')
    const { rows } = await db.pool.query<{ dead: number }>(
      `SELECT n_dead_tup::int AS dead FROM pg_stat_user_tables WHERE relname = 'counters'`,
    )
    return rows[0]?.dead
  }

  async function loggedBytes(): Promise<number | undefined> {
    const { rows } = await db.pool.query<{ bytes: number }>(
      'SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 AS bytes FROM pg_control_checkpoint()',
    )
    return rows[0]?.bytes
  }

  test('clears replaced rows away, every minute', async () => {
    await db.pool.query('UPDATE counters SET n = n + 1')
    expect(await deadRows()).toBe(1000)
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const faults: unknown[] = []
    const stop = startMaintenance(db.pool, fault => faults.push(fault))
    vi.advanceTimersByTime(60_000)
    await stop()
    vi.useRealTimers()
    expect(await deadRows()).toBe(0)
    expect(faults).toEqual([])
  })

  test('cuts the log when it has grown long', async () => {
    await db.pool.query(`INSERT INTO texts SELECT repeat('x', 8000) FROM generate_series(1, 9000)`)
    expect(await loggedBytes()).toBeGreaterThan(64 * 1024 * 1024)
    await maintain(db.pool)
    expect(await loggedBytes()).toBeLessThan(1024 * 1024)
  })

  test('tells of what goes wrong and goes on', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const faults: unknown[] = []
    vi.spyOn(db.pool, 'query').mockRejectedValueOnce(new Error('no space left') as never)
    const stop = startMaintenance(db.pool, fault => faults.push(fault))
    vi.advanceTimersByTime(60_000)
    await vi.waitFor(() => expect(faults).toEqual([new Error('no space left')]))
    vi.advanceTimersByTime(60_000)
    await stop()
    vi.useRealTimers()
    expect(faults).toHaveLength(1)
  })
})
