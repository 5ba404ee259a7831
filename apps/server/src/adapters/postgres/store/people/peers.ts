import { Prisma } from '../../../../generated/prisma/client.ts'

/** Ids of those with whom the person shares a private or group session, or a friendship; the person may be among them. */
export const peersOf = (siteId: string, userId: string) => Prisma.sql`
  SELECT f.friend_id FROM friendships f WHERE f.site_id = ${siteId} AND f.user_id = ${userId}
  UNION
  SELECT other.user_id FROM participants own
  JOIN sessions s ON s.id = own.session_id AND s.type <> 'support'
  JOIN participants other ON other.session_id = s.id AND other.left_change IS NULL
  WHERE own.site_id = ${siteId} AND own.user_id = ${userId} AND own.left_change IS NULL`
