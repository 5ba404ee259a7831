import type { AskRequest, AskResult } from '@parley/core'
import type { UserRow } from '../people/user-entity.ts'
import type { Step } from '../talk/step.ts'
import { befriend } from './befriend.ts'
import { type RequestRow, readUser, toRequest } from './friend-entity.ts'

type Refused = Extract<AskResult, { kind: 'refused' }>
const refused = (code: Refused['code']): Refused => ({ kind: 'refused', code })

/** Under the pair's lock. */
export async function ask(step: Step, request: AskRequest): Promise<AskResult> {
  const { tx, siteId } = step
  const { fromId, toId, message, id } = request
  const [asker, asked] = [await readUser(tx, siteId, fromId), await readUser(tx, siteId, toId)]
  if (!asker || !asked || !canBeAsked(asked)) return refused('not_found')
  const { friends, blocked, isBlocked, asksBack } = await factsOf(step, request)
  if (blocked || friends) return refused('conflict')
  if (!asksBack) return pending(step, { ...request, hidden: isBlocked }, { asker, asked })
  const pair = await befriend(step, [toId, fromId])
  const askedAt = new Date(pair.friends.get(fromId)?.friendSince ?? 0)
  const row = { requestId: id, fromId, toId, message, askedAt }
  return { kind: 'befriended', request: toRequest(row, asked, 'accepted'), pair }
}

const canBeAsked = ({ role, isActive }: UserRow): boolean =>
  isActive && role !== 'visitor' && role !== 'system'

interface Facts {
  readonly friends: boolean
  /** The asker blocks the asked one. */
  readonly blocked: boolean
  /** The asked one blocks the asker. */
  readonly isBlocked: boolean
  readonly asksBack: boolean
}

async function factsOf({ tx, siteId }: Step, { fromId, toId }: AskRequest): Promise<Facts> {
  const [facts] = await tx.$queryRaw<Facts[]>`
    SELECT
      EXISTS (SELECT FROM friendships WHERE site_id = ${siteId} AND user_id = ${fromId} AND friend_id = ${toId}) AS friends,
      EXISTS (SELECT FROM blocks WHERE site_id = ${siteId} AND user_id = ${fromId} AND blocked_id = ${toId}) AS blocked,
      EXISTS (SELECT FROM blocks WHERE site_id = ${siteId} AND user_id = ${toId} AND blocked_id = ${fromId}) AS "isBlocked",
      EXISTS (SELECT FROM friend_requests WHERE site_id = ${siteId} AND from_id = ${toId} AND to_id = ${fromId}) AS "asksBack"`
  if (!facts) throw new Error('a question without an answer')
  return facts
}

/** Asked again is the same request, with the last words (F2); it is news where the other side could not see it. */
async function pending(
  { tx, siteId }: Step,
  { id, fromId, toId, message, hidden }: AskRequest & { readonly hidden: boolean },
  { asker, asked }: { readonly asker: UserRow; readonly asked: UserRow },
): Promise<AskResult> {
  const where = { siteId_fromId_toId: { siteId, fromId, toId } }
  const old = await tx.friendRequest.findUnique({ where, select: { hidden: true } })
  const [row] = await tx.$queryRaw<RequestRow[]>`
    INSERT INTO friend_requests AS r (site_id, from_id, to_id, id, message, hidden)
    VALUES (${siteId}, ${fromId}, ${toId}, ${id}, ${message}, ${hidden})
    ON CONFLICT (site_id, from_id, to_id) DO UPDATE SET message = excluded.message, hidden = excluded.hidden
    RETURNING r.id AS "requestId", r.from_id AS "fromId", r.to_id AS "toId", r.message, r.created_at AS "askedAt"`
  if (!row) throw new Error('an upsert without a row')
  const isNews = !hidden && (!old || old.hidden)
  return { kind: 'pending', request: toRequest(row, asked), shown: isNews ? toRequest(row, asker) : null }
}
