import { type Bond, bondOf } from '@parley/core'
import { isStaffRole, standing } from './standing.ts'
import type { Step } from './step.ts'

/** The first key of the advisory locks under which two people's affairs are decided; the second is the pair. */
const PAIR_LOCK = 0x9a73

export type Pair = readonly [string, string]

/** The same from either side. No id has a "/". */
export const pairKey = (pair: Pair): string => [...pair].sort().join('/')

/** One at a time for two people, over all nodes, until the commit. Before anything else is locked. */
export async function lockPair({ tx, siteId }: Step, pair: Pair): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${PAIR_LOCK}::int, hashtext(${`${siteId}/${pairKey(pair)}`}))`
}

export interface PairSession {
  readonly id: string
  readonly together: boolean
  /** The database's clock. */
  readonly now: Date
}

/** The pair's private session, held until the commit: nothing is appended to it meanwhile. */
export async function holdPairSession({ tx, siteId }: Step, pair: Pair): Promise<PairSession | null> {
  const [held] = await tx.$queryRaw<PairSession[]>`
    SELECT id, brought_together AS together, clock_timestamp()::timestamptz(3) AS now FROM sessions
    WHERE site_id = ${siteId} AND pair_key = ${pairKey(pair)} FOR NO KEY UPDATE`
  return held ?? null
}

/**
 * How the two stand to each other. Null: one of them is unknown. Their rows are held, so that nobody's role changes
 * before what follows from it is written.
 */
export async function bondBetween(step: Step, pair: Pair, together: boolean): Promise<Bond | null> {
  const { tx, siteId } = step
  await tx.$executeRaw`
    SELECT 1 FROM users WHERE site_id = ${siteId} AND id = ANY(${[...pair]}::text[]) ORDER BY id FOR SHARE`
  const [a, b] = pair
  const known = await standing(step, a, [b])
  const [one, other] = [known.roles.get(a), known.others.get(b)]
  if (one === undefined || other === undefined) return null
  const { friends, blocked } = other
  return bondOf({ friends, blocked, staff: isStaffRole(one) || isStaffRole(other.role), together })
}

/** Under the pair's lock: sets the bond of its session, if it has one, to what now follows (F11). Answers with its id. */
export async function renewBond(step: Step, pair: Pair): Promise<string | null> {
  const held = await holdPairSession(step, pair)
  if (held) await setBond(step, held, await bondBetween(step, pair, held.together))
  return held?.id ?? null
}

export async function setBond({ tx }: Step, { id, together }: PairSession, bond: Bond | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE sessions SET bond = ${bond}::bond, brought_together = ${together} WHERE id = ${id}`
}
