import { bondOf, type GroupRequest, mayWrite } from '@parley/core'
import { isStaffRole, makePeople, standing } from './standing.ts'
import type { Step } from './step.ts'

type Bringing = Pick<GroupRequest, 'friendsOf' | 'anyone' | 'makesPeople'>

/** Why these people can't be brought into a group (G4); null: they can, and are known. */
export async function refusalOfBringing(
  step: Step,
  userIds: readonly string[],
  { friendsOf, anyone, makesPeople }: Bringing,
): Promise<'not_found' | 'not_friends' | null> {
  if (makesPeople) await makePeople(step, userIds)
  const known = await standing(step, friendsOf ?? '', userIds)
  if (userIds.some(userId => !known.others.has(userId))) return 'not_found'
  if (friendsOf === null) return null
  const own = known.roles.get(friendsOf)
  const mayBeBrought = [...known.others.values()].every(({ role, friends, blocked }) => {
    const staff = isStaffRole(role) || (own !== undefined && isStaffRole(own))
    return mayWrite(bondOf({ friends, blocked, staff, together: false }), anyone)
  })
  return mayBeBrought ? null : 'not_friends'
}
