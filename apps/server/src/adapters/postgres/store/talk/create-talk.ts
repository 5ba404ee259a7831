import type { Bond } from '@parley/core'
import { join } from './join.ts'
import type { Step } from './step.ts'

export interface NewTalk {
  readonly id: string
  readonly type: 'private' | 'group'
  readonly name?: string
  readonly ownerId?: string
  readonly showsHistory?: boolean
  readonly pairKey?: string
  readonly bond?: Bond
  readonly together?: boolean
}

/** A private session or group with its people, in the order of joining. Answers with when it was made. */
export async function createTalk(
  step: Step,
  { id, type, name, ownerId, showsHistory = false, pairKey, bond, together = false }: NewTalk,
  userIds: readonly string[],
): Promise<Date> {
  const { tx, siteId } = step
  const [made] = await tx.$queryRaw<{ now: Date }[]>`
    INSERT INTO sessions (id, site_id, type, status, name, owner_id, shows_history, pair_key, bond, brought_together)
    VALUES (${id}, ${siteId}, ${type}::session_type, 'active', ${name ?? null}, ${ownerId ?? null}, ${showsHistory},
      ${pairKey ?? null}, ${bond ?? null}::bond, ${together})
    RETURNING created_at AS now`
  if (!made) throw new Error('an insert without a row')
  const comers = userIds.map(userId => ({ userId, role: userId === ownerId ? 'owner' : 'member' }) as const)
  await join(step, { id, showsHistory, lastSeq: 0, now: made.now }, 0, comers)
  return made.now
}
