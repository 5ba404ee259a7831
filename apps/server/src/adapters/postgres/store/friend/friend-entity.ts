import { FRIENDS_MAX, type Friend, type FriendRequest } from '@parley/contracts'
import { Prisma } from '../../../../generated/prisma/client.ts'
import { PEOPLE, toUser, USER_COLUMNS, type UserRow } from '../people/user-entity.ts'

type Tx = Prisma.TransactionClient

/** A person's friends (or the one named) as it sees them, by the word it has for them. */
export async function readFriends(
  tx: Tx,
  siteId: string,
  userId: string,
  friendId?: string,
): Promise<Friend[]> {
  const one = friendId === undefined ? Prisma.empty : Prisma.sql`AND f.friend_id = ${friendId}`
  const rows = await tx.$queryRaw<(UserRow & { remark: string | null; since: Date })[]>`
    SELECT ${USER_COLUMNS}, f.remark, f.created_at AS since
    FROM friendships f JOIN (${PEOPLE}) ON u.site_id = f.site_id AND u.id = f.friend_id
    WHERE f.site_id = ${siteId} AND f.user_id = ${userId} ${one}
    ORDER BY lower(coalesce(f.remark, u.nickname, u.real_name, '')) COLLATE "C", u.id COLLATE "C" LIMIT ${FRIENDS_MAX}`
  return rows.map(({ remark, since, ...row }) => ({
    ...toUser(row),
    friendId: row.id,
    remark,
    friendSince: since.toISOString(),
  }))
}

export interface RequestRow {
  readonly requestId: string
  readonly fromId: string
  readonly toId: string
  readonly message: string | null
  readonly askedAt: Date
}

export const toRequest = (
  { requestId, fromId, toId, message, askedAt }: RequestRow,
  other: UserRow,
  status: FriendRequest['status'] = 'pending',
): FriendRequest => ({
  id: requestId,
  userId: fromId,
  friendId: toId,
  user: toUser(other),
  message,
  status,
  createdAt: askedAt.toISOString(),
})

/** With the other one as the reader sees it, newest first. */
export async function readRequests(
  tx: Tx,
  which: Prisma.Sql,
  side: 'from' | 'to',
  limit: number,
): Promise<FriendRequest[]> {
  const other = side === 'from' ? Prisma.sql`r.from_id` : Prisma.sql`r.to_id`
  const rows = await tx.$queryRaw<(UserRow & RequestRow)[]>`
    SELECT ${USER_COLUMNS}, r.id AS "requestId", r.from_id AS "fromId", r.to_id AS "toId", r.message,
      r.created_at AS "askedAt"
    FROM friend_requests r JOIN (${PEOPLE}) ON u.site_id = r.site_id AND u.id = ${other}
    WHERE ${which} ORDER BY r.created_at DESC, r.id DESC LIMIT ${limit}`
  return rows.map(row => toRequest(row, row))
}

export async function readUser(tx: Tx, siteId: string, userId: string): Promise<UserRow | null> {
  const [row] = await tx.$queryRaw<UserRow[]>`
    SELECT ${USER_COLUMNS} FROM ${PEOPLE} WHERE u.site_id = ${siteId} AND u.id = ${userId}`
  return row ?? null
}
