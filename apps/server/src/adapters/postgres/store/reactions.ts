import type { Message } from '@parley/contracts'
import type { Prisma } from '../../../generated/prisma/client.ts'

type Tx = Prisma.TransactionClient
type Reactions = Message['reactions']

/** By message, where there are any: emojis and people in the order in which they were added. */
export async function reactionsOf(tx: Tx, messageIds: readonly string[]): Promise<Map<string, Reactions>> {
  const rows = await tx.$queryRaw<{ id: string; reactions: [string, string][] }[]>`
    SELECT message_id AS id, json_agg(json_build_array(emoji, user_id) ORDER BY change) AS reactions
    FROM reactions WHERE message_id = ANY(${[...messageIds]}::text[]) GROUP BY message_id`
  return new Map(rows.map(({ id, reactions }) => [id, byEmoji(reactions)]))
}

function byEmoji(reactions: readonly (readonly [string, string])[]): Reactions {
  const found: Record<string, string[]> = {}
  for (const [emoji, userId] of reactions) found[emoji] = [...(found[emoji] ?? []), userId]
  return found
}
