import { isStaff, type Role } from '@parley/contracts'
import type { Bus } from '../ports/bus.ts'
import type { PeopleStore } from '../ports/store/people-store.ts'

/** Of whom all that may see a person are told, at most; presence is a hint. */
const TOLD_MAX = 5000

const isTold = (role: Role): boolean => role === 'user' || isStaff(role)

/** Tells those who see these people, themselves and all staff how they stand now: users and staff, no visitors (U4). */
export async function announcePresence(
  store: Pick<PeopleStore, 'presence' | 'peersOf'>,
  bus: Bus,
  userIds: readonly string[],
): Promise<void> {
  for (const { userId, role, status, lastSeen } of await store.presence(userIds)) {
    if (!isTold(role)) continue
    const peers = await store.peersOf(userId, TOLD_MAX)
    bus.publish({
      kind: 'people',
      userIds: [...new Set([userId, ...peers])],
      staffToo: true,
      happening: { name: 'presence.changed', data: { userId, status, lastSeen } },
    })
  }
}
