import type { Befriended } from '@parley/core'
import { type Pair, renewBond } from '../talk/pair.ts'
import type { Step } from '../talk/step.ts'
import { readFriends } from './friend-entity.ts'

/** Under the pair's lock: they are friends, and no request of either is left (F3). */
export async function befriend(step: Step, pair: Pair): Promise<Befriended> {
  const { tx, siteId } = step
  const [a, b] = pair
  const sides = [
    { fromId: a, toId: b },
    { fromId: b, toId: a },
  ]
  await tx.friendRequest.deleteMany({ where: { siteId, OR: sides } })
  await tx.$executeRaw`
    INSERT INTO friendships (site_id, user_id, friend_id) VALUES (${siteId}, ${a}, ${b}), (${siteId}, ${b}, ${a})
    ON CONFLICT DO NOTHING`
  const sessionId = await renewBond(step, pair)
  return { friends: await friendsOfPair(step, pair), sessionId }
}

/** Each as the other sees it. */
export async function friendsOfPair({ tx, siteId }: Step, [a, b]: Pair): Promise<Befriended['friends']> {
  const [ofA] = await readFriends(tx, siteId, a, b)
  const [ofB] = await readFriends(tx, siteId, b, a)
  return new Map([...(ofA ? [[a, ofA] as const] : []), ...(ofB ? [[b, ofB] as const] : [])])
}
