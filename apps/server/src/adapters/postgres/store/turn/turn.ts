import { decideTurn, type TurnCommand, type TurnOutcome } from '@parley/core'
import type { PrismaClient } from '../../../../generated/prisma/client.ts'
import { eachItsOwn } from '../each-its-own.ts'
import { type Decide, gather } from '../gather.ts'
import { readView } from './read-view.ts'
import { writeTurn } from './write-turn.ts'

/** Commands of one turn at most: what waits longer than this takes is better served by two commits. */
const BATCH_MAX = 200

/** The first key of the advisory locks that decide assignment; the second is the site. */
export const ASSIGNMENT_LOCK = 0x9a71

/**
 * Decides who gets whom, one turn at a time over all nodes: the lock comes before anything is read, and is held
 * until the commit. What waits meanwhile is decided in the next turn, together.
 *
 * Each statement must see what was committed before it (READ COMMITTED): a snapshot that is as old as the wait for the
 * lock would miss the turn before.
 *
 * The order in which locks are taken, here and wherever else rows are written: the site's lock, or a pair's → sessions by
 * id → operators → client message ids → participants → users by id; and node → people who open or close connections →
 * connections → users by id → jobs. Nobody takes two pairs' locks, nor a pair's and the site's. What changes a group or a
 * message holds one session and no pair. A session that is made has nobody waiting for it: its people may be locked before.
 * Appends never wait for a session, marks for nothing at all.
 */
export function createTurn(prisma: PrismaClient, siteId: string, newId: () => string) {
  const decide: Decide<TurnCommand, TurnOutcome> = commands =>
    prisma.$transaction(async tx => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ASSIGNMENT_LOCK}::int, hashtext(${siteId}))`
      const view = await readView(tx, siteId, commands)
      const { outcomes, writes } = decideTurn(view, commands)
      await writeTurn({ tx, siteId, now: new Date(view.now), newId }, writes)
      return outcomes.map(result => ({ kind: 'decided', result }) as const)
    })

  return gather(eachItsOwn(decide), BATCH_MAX)
}
