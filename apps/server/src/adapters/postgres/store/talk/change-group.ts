import { GROUP_MAX } from '@parley/contracts'
import type { GroupChange, GroupChanged, SessionChange } from '@parley/core'
import { refusalOfBringing } from './bringing.ts'
import { join } from './join.ts'
import { addChange, type HeldSession, holdSession, keepDeed, type Step } from './step.ts'

type What<K extends GroupChange['what']['kind']> = Extract<GroupChange['what'], { kind: K }>
type Refusal = Extract<GroupChanged, { kind: 'refused' }>

/** A change of a group under way: all that it needs, the group's row is held. */
interface Changing extends Step {
  readonly group: HeldSession
  readonly change: GroupChange
  /** Who takes part, in the order of joining. */
  readonly present: readonly string[]
}

const refused = <C extends Refusal['code']>(code: C) => ({ kind: 'refused', code }) as const

export async function changeGroup(step: Step, change: GroupChange): Promise<GroupChanged> {
  const group = await holdSession(step, change.sessionId)
  if (!group) return refused('not_found')
  const changing = { ...step, group, change, present: await presentIn(step, group.id) }
  const code = refusalOf(changing)
  if (code) return refused(code)
  switch (change.what.kind) {
    case 'add':
      return add(changing, change.what)
    case 'remove':
      return remove(changing, change.what)
    case 'update':
      return update(changing, change.what)
  }
}

async function presentIn({ tx }: Step, sessionId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM participants WHERE session_id = ${sessionId} AND left_change IS NULL
    ORDER BY joined_change, place, user_id`
  return rows.map(({ userId }) => userId)
}

/** Whom the change is not for (G6). */
function refusalOf({ group, change: { byId, what }, present }: Changing): Refusal['code'] | null {
  if (byId !== null && !present.includes(byId)) return 'not_found'
  if (group.type !== 'group') return 'conflict'
  const isItself = what.kind === 'remove' && what.userId === byId
  return byId === null || byId === group.ownerId || isItself ? null : 'forbidden'
}

async function changed(
  changing: Changing,
  action: string,
  data: Readonly<Record<string, unknown>>,
  what: SessionChange,
): Promise<GroupChanged> {
  const { group, change: request } = changing
  await keepDeed(changing, request.audit, { action, sessionId: group.id, data, at: group.now })
  return { kind: 'changed', change: await addChange(changing, group, request.byId, what), what }
}

async function add(changing: Changing, adding: What<'add'>): Promise<GroupChanged> {
  const { group, present } = changing
  const there = new Set(present)
  const added = [...new Set(adding.userIds)].filter(userId => !there.has(userId))
  const code = await refusalOfBringing(changing, added, adding)
  if (code) return refused(code)
  if (added.length === 0) return { kind: 'same' }
  if (present.length + added.length > GROUP_MAX) return refused('conflict')
  const comers = added.map(userId => ({ userId, role: 'member' as const }))
  await join(changing, group, group.lastChange + 1, comers)
  if (group.ownerId === null) await handOn(changing, present[0] ?? added[0] ?? null)
  const what = { kind: 'participants', added, removed: [] } as const
  return changed(changing, 'session.add-participants', { added }, what)
}

async function remove(changing: Changing, { userId }: What<'remove'>): Promise<GroupChanged> {
  const { tx, group, present } = changing
  if (!present.includes(userId)) return refused('not_found')
  await tx.$executeRaw`
    UPDATE participants SET role = 'member', left_change = ${group.lastChange + 1}, left_at = ${group.now}
    WHERE session_id = ${group.id} AND user_id = ${userId}`
  if (group.ownerId === userId || group.ownerId === null)
    await handOn(changing, present.find(other => other !== userId) ?? null)
  const what = { kind: 'participants', added: [], removed: [userId] } as const
  return changed(changing, 'session.remove-participant', { removed: userId }, what)
}

async function update(changing: Changing, what: What<'update'>): Promise<GroupChanged> {
  const { tx, group, present } = changing
  const { name = group.name, showsHistory = group.showsHistory, ownerId = group.ownerId } = what
  if (ownerId !== group.ownerId && ownerId !== null && !present.includes(ownerId)) return refused('not_found')
  const isSame = name === group.name && showsHistory === group.showsHistory && ownerId === group.ownerId
  if (isSame) return { kind: 'same' }
  await tx.$executeRaw`
    UPDATE sessions SET name = ${name}, shows_history = ${showsHistory} WHERE id = ${group.id}`
  if (ownerId !== group.ownerId) await handOn(changing, ownerId)
  return changed(changing, 'session.update', { name, showsHistory, ownerId }, { kind: 'updated' })
}

/** Gives the group to another, who takes part; null: nobody does any more. */
async function handOn({ tx, group }: Changing, ownerId: string | null): Promise<void> {
  await tx.$executeRaw`UPDATE sessions SET owner_id = ${ownerId} WHERE id = ${group.id}`
  await tx.$executeRaw`
    UPDATE participants SET role = CASE user_id WHEN ${ownerId} THEN 'owner' ELSE 'member' END::participant_role
    WHERE session_id = ${group.id} AND user_id = ANY(${[group.ownerId, ownerId].filter(id => id !== null)}::text[])`
}
