import type { FriendRequest } from '@parley/contracts'
import type { Bus } from '../ports/bus.ts'
import type { Befriended } from '../ports/store/friend-store.ts'

/** To the one who is asked (F12). */
export const tellAsked = (bus: Bus, request: FriendRequest): void =>
  bus.publish({
    kind: 'people',
    userIds: [request.friendId],
    happening: { name: 'friend.requested', data: { request } },
  })

/** To both, each with the other. */
export function tellBefriended(bus: Bus, { friends }: Befriended): void {
  for (const [userId, friend] of friends)
    bus.publish({ kind: 'people', userIds: [userId], happening: { name: 'friend.added', data: { friend } } })
}

/** To both, in the same words: nobody hears who has ended it (F6). */
export function tellParted(bus: Bus, pair: readonly [string, string]): void {
  const [one, other] = pair
  for (const [userId, friendId] of [[one, other] as const, [other, one] as const])
    bus.publish({
      kind: 'people',
      userIds: [userId],
      happening: { name: 'friend.removed', data: { userId, friendId } },
    })
}
