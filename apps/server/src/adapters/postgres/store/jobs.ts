import type { Job, JobStore } from '@parley/core'
import type { Prisma, PrismaClient } from '../../../generated/prisma/client.ts'
import { idleness } from './turn/read-view.ts'

type Tx = Prisma.TransactionClient

const KINDS: Job['kind'][] = ['session.abandon', 'operator.grace']

/** Makes the job or moves the one there is: a moved one has a new id and is nobody's. */
export async function scheduleJobs(
  tx: Tx,
  siteId: string,
  jobs: readonly {
    readonly id: string
    readonly kind: Job['kind']
    readonly key: string
    readonly inMs: number
  }[],
): Promise<void> {
  if (jobs.length === 0) return
  await tx.$executeRaw`
    INSERT INTO jobs AS j (id, site_id, kind, key, run_at)
    SELECT r.id, ${siteId}, r.kind, r.key, clock_timestamp() + r."inMs" * interval '1 millisecond'
    FROM jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) AS r(id text, kind text, key text, "inMs" float8)
    ORDER BY r.kind, r.key
    ON CONFLICT (site_id, kind, key) DO UPDATE
    SET id = excluded.id, run_at = excluded.run_at, attempts = 0, locked_by = NULL, locked_until = NULL`
}

export function jobStore(prisma: PrismaClient, siteId: string, newId: () => string): JobStore {
  return {
    schedule: (kind, key, inMs) => scheduleJobs(prisma, siteId, [{ id: newId(), kind, key, inMs }]),

    async claimJobs(nodeId, limit, lockMs) {
      const rows = await prisma.$queryRaw<(Job & { runAt: Date })[]>`
        WITH due AS MATERIALIZED (
          SELECT id FROM jobs
          WHERE site_id = ${siteId} AND kind = ANY(${KINDS}::text[]) AND run_at <= clock_timestamp()
            AND (locked_until IS NULL OR locked_until <= clock_timestamp())
          ORDER BY run_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        UPDATE jobs j SET locked_by = ${nodeId}, attempts = attempts + 1,
          locked_until = clock_timestamp() + ${lockMs}::float8 * interval '1 millisecond'
        FROM due WHERE j.id = due.id
        RETURNING j.id, j.kind, j.key, j.run_at AS "runAt"`
      return rows
        .sort((a, b) => a.runAt.getTime() - b.runAt.getTime())
        .map(({ id, kind, key }) => ({ id, kind, key }))
    },

    async finishJob(jobId) {
      await prisma.job.deleteMany({ where: { id: jobId, siteId } })
    },

    async postponeJob(jobId, inMs) {
      await prisma.$executeRaw`
        UPDATE jobs SET run_at = clock_timestamp() + ${inMs}::float8 * interval '1 millisecond',
          locked_by = NULL, locked_until = NULL
        WHERE id = ${jobId} AND site_id = ${siteId}`
    },

    async idle(sessionId) {
      const [row] = await idleness(prisma, siteId, [sessionId])
      if (!row) return null
      const { id: _, ...idle } = row
      return idle
    },
  }
}
