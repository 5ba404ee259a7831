import type { By, SessionChange } from '@parley/core'
import type { Prisma, PrismaClient } from '../../../../generated/prisma/client.ts'
import { keepAudits } from '../audit-rows.ts'
import { despiteRaces } from '../despite-races.ts'
import type { InLine } from './in-line.ts'

export interface Desk {
  readonly prisma: PrismaClient
  readonly siteId: string
  readonly newId: () => string
  readonly inLine: InLine
}

/** What a step's statements need. They are one transaction, and each sees what was committed before it (READ COMMITTED). */
export interface Step {
  readonly tx: Prisma.TransactionClient
  readonly siteId: string
  readonly newId: () => string
}

/** One at a time for those with one `key`: the session or pair that is held. */
export const inOneStep = <T>(
  { prisma, siteId, newId, inLine }: Desk,
  key: string,
  work: (step: Step) => Promise<T>,
): Promise<T> => inLine(key, () => despiteRaces(() => prisma.$transaction(tx => work({ tx, siteId, newId }))))

export interface HeldSession {
  readonly id: string
  readonly type: 'support' | 'private' | 'group'
  readonly status: 'waiting' | 'active' | 'ended'
  readonly name: string | null
  readonly ownerId: string | null
  readonly showsHistory: boolean
  readonly lastSeq: number
  readonly lastChange: number
  /** The database's clock. */
  readonly now: Date
}

/** Holds the session until the commit: no message is stored in it and no change counted meanwhile. */
export async function holdSession({ tx, siteId }: Step, sessionId: string): Promise<HeldSession | null> {
  const [held] = await tx.$queryRaw<HeldSession[]>`
    SELECT id, type::text, status::text, name, owner_id AS "ownerId", shows_history AS "showsHistory",
      last_seq AS "lastSeq", last_change AS "lastChange", clock_timestamp()::timestamptz(3) AS now
    FROM sessions WHERE site_id = ${siteId} AND id = ${sessionId} FOR NO KEY UPDATE`
  return held ?? null
}

/** Counts one change of a session that is held; what it touches bears the number. */
export async function addChange(
  { tx }: Step,
  { id, lastChange, now }: HeldSession,
  actorId: string | null,
  { kind, ...data }: SessionChange,
): Promise<number> {
  const change = lastChange + 1
  await tx.$executeRaw`UPDATE sessions SET last_change = ${change}, updated_at = ${now} WHERE id = ${id}`
  await tx.sessionChange.create({
    data: { sessionId: id, change, kind, actorId, data: data as Prisma.InputJsonObject, at: now },
  })
  return change
}

/** Keeps who did it to the session, in the same step; nobody if `by` is null. */
export async function keepDeed(
  step: Step,
  by: By | null,
  deed: {
    readonly action: string
    readonly sessionId: string
    readonly data?: Readonly<Record<string, unknown>>
    readonly at: Date
  },
): Promise<void> {
  if (by === null) return
  const { action, sessionId: targetId, data = {}, at } = deed
  await keepAudits(step, [{ ...by, action, targetKind: 'session', targetId, data }], at)
}
