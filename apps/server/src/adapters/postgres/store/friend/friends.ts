import { type FriendStore, REQUESTS_MAX } from '@parley/core'
import { Prisma } from '../../../../generated/prisma/client.ts'
import { contains } from '../people/contains.ts'
import { HAS_ACCOUNT, PEOPLE, toUser, USER_COLUMNS, type UserRow } from '../people/user-entity.ts'
import { holdPairSession, lockPair, type Pair, pairKey, renewBond } from '../talk/pair.ts'
import { type Desk, inOneStep, type Step } from '../talk/step.ts'
import { ask } from './ask.ts'
import { befriend, friendsOfPair } from './befriend.ts'
import { readFriends, readRequests } from './friend-entity.ts'

export function friendStore(desk: Desk): FriendStore {
  const { prisma, siteId } = desk
  /** One at a time for the two. */
  const ofPair = <T>(pair: Pair, work: (step: Step) => Promise<T>): Promise<T> =>
    inOneStep(desk, pairKey(pair), async step => {
      await lockPair(step, pair)
      return await work(step)
    })
  const dropRequest = async ({ tx }: Step, fromId: string, toId: string, where: { hidden?: boolean } = {}) =>
    (await tx.friendRequest.deleteMany({ where: { siteId, fromId, toId, ...where } })).count > 0
  const people = async (where: Prisma.Sql, limit: number) => {
    const rows = await prisma.$queryRaw<UserRow[]>`
      SELECT ${USER_COLUMNS} FROM ${PEOPLE} WHERE u.site_id = ${siteId} AND ${where} LIMIT ${limit}`
    return rows.map(row => toUser(row))
  }

  return {
    ask: request => ofPair([request.fromId, request.toId], step => ask(step, request)),

    accept: (fromId, byId) =>
      ofPair([fromId, byId], async step => {
        const shown = { siteId, fromId, toId: byId, hidden: false }
        if (await step.tx.friendRequest.findFirst({ where: shown })) return befriend(step, [fromId, byId])
        const friends = await friendsOfPair(step, [fromId, byId])
        if (friends.size === 0) return null
        return { friends, sessionId: (await holdPairSession(step, [fromId, byId]))?.id ?? null }
      }),

    reject: (fromId, byId) =>
      ofPair([fromId, byId], step => dropRequest(step, fromId, byId, { hidden: false })),

    withdraw: (fromId, toId) => ofPair([fromId, toId], step => dropRequest(step, fromId, toId)),

    unfriend: (userId, friendId) =>
      ofPair([userId, friendId], async step => {
        const sides = [
          { userId, friendId },
          { userId: friendId, friendId: userId },
        ]
        const { count } = await step.tx.friendship.deleteMany({ where: { siteId, OR: sides } })
        if (count > 0) await renewBond(step, [userId, friendId])
        return count > 0
      }),

    async remark(userId, friendId, remark) {
      await prisma.friendship.updateMany({ where: { siteId, userId, friendId }, data: { remark } })
      const [friend] = await readFriends(prisma, siteId, userId, friendId)
      return friend ?? null
    },

    block: (userId, blockedId) =>
      ofPair([userId, blockedId], async step => {
        const where = { siteId_id: { siteId, id: blockedId } }
        if (!(await step.tx.user.findUnique({ where, select: { id: true } }))) return false
        await step.tx.$executeRaw`
          INSERT INTO blocks (site_id, user_id, blocked_id) VALUES (${siteId}, ${userId}, ${blockedId})
          ON CONFLICT DO NOTHING`
        await dropRequest(step, blockedId, userId)
        await renewBond(step, [userId, blockedId])
        return true
      }),

    unblock: (userId, blockedId) =>
      ofPair([userId, blockedId], async step => {
        await step.tx.block.deleteMany({ where: { siteId, userId, blockedId } })
        await renewBond(step, [userId, blockedId])
      }),

    friendsOf: userId => readFriends(prisma, siteId, userId),

    requestsTo: userId =>
      readRequests(
        prisma,
        Prisma.sql`r.site_id = ${siteId} AND r.to_id = ${userId} AND NOT r.hidden`,
        'from',
        REQUESTS_MAX,
      ),

    requestsFrom: userId =>
      readRequests(prisma, Prisma.sql`r.site_id = ${siteId} AND r.from_id = ${userId}`, 'to', REQUESTS_MAX),

    async blockedBy(userId) {
      const rows = await prisma.$queryRaw<UserRow[]>`
        SELECT ${USER_COLUMNS} FROM blocks b JOIN (${PEOPLE}) ON u.site_id = b.site_id AND u.id = b.blocked_id
        WHERE b.site_id = ${siteId} AND b.user_id = ${userId} ORDER BY b.created_at, u.id`
      return rows.map(row => toUser(row))
    },

    findPeople: (by, readerId, limit) =>
      people(
        Prisma.sql`u.id <> ${readerId} AND u.is_active AND ${HAS_ACCOUNT} AND ${
          'phone' in by ? Prisma.sql`u.phone = ${by.phone}` : contains(Prisma.sql`u.nickname`, by.nickname)
        }`,
        limit,
      ),
  }
}
