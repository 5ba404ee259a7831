import type { Message, Session } from '@parley/contracts'
import { type Progress, statusOf, withUrls } from '@parley/core'
import { type Message as MessageRow, Prisma } from '../../../generated/prisma/client.ts'
import { reactionsOf } from './reactions.ts'
import { NOBODY, type Readers, readersOf } from './readers.ts'

type Tx = Prisma.TransactionClient

/** Makes an address of this server's files one that can be followed. */
export type SignUrl = (path: string) => string

/** A file as it leaves the store. */
export const signedFile = (file: Message['file'], sign: SignUrl): Message['file'] =>
  file && withUrls(file, sign)

/** What decides the status of a session's messages. */
export interface SessionProgress {
  readonly type: Session['type']
  readonly parts: readonly Progress[]
}

type PartRow = [string, Progress['role'], boolean, number, number, number]

const toProgress = ([userId, role, left, visibleAfterSeq, deliveredSeq, readSeq]: PartRow): Progress => ({
  userId,
  role,
  left,
  visibleAfterSeq,
  deliveredSeq,
  readSeq,
})

/** Everybody's marks, in the order of joining. One row a session: a row for each of a thousand people takes ten times as long. */
export async function progressOf(
  tx: Tx,
  sessionIds: readonly string[],
  whose: 'all' | 'decisive' = 'all',
): Promise<Map<string, SessionProgress>> {
  const which =
    whose === 'all' ? Prisma.sql`true` : Prisma.sql`(s.type <> 'group' OR p.user_id = ANY(${DECISIVE}))`
  const rows = await tx.$queryRaw<{ id: string; type: Session['type']; parts: PartRow[] | null }[]>`
    SELECT s.id, s.type::text, (
      SELECT json_agg(json_build_array(p.user_id, p.role, p.left_change IS NOT NULL, p.joined_seq, p.delivered_seq, p.read_seq)
        ORDER BY p.joined_change, p.place, p.joined_at, p.user_id)
      FROM participants p WHERE p.session_id = s.id AND ${which}) AS parts
    FROM sessions s WHERE s.id = ANY(${[...sessionIds]}::text[])`
  return new Map(rows.map(({ id, type, parts }) => [id, { type, parts: (parts ?? []).map(toProgress) }]))
}

/**
 * Of a group `s` those who decide a message's status, besides its sender: who is furthest behind, and whether anybody else
 * sees it. Two of each, for one of them may be the sender. Nobody's marks lie before what the person may see.
 */
const DECISIVE = Prisma.sql`ARRAY(
  (SELECT user_id FROM participants WHERE session_id = s.id AND left_change IS NULL ORDER BY read_seq LIMIT 2)
  UNION ALL
  (SELECT user_id FROM participants WHERE session_id = s.id AND left_change IS NULL ORDER BY delivered_seq LIMIT 2)
  UNION ALL
  (SELECT user_id FROM participants WHERE session_id = s.id AND left_change IS NULL ORDER BY joined_seq LIMIT 2))`

/** Messages as they stand: with their status, readers and reactions, in a fixed number of queries. */
export async function toMessages(tx: Tx, rows: readonly MessageRow[], sign: SignUrl): Promise<Message[]> {
  if (rows.length === 0) return []
  const progress = await progressOf(tx, [...new Set(rows.map(row => row.sessionId))], 'decisive')
  const readers = await readersOf(tx, rows)
  const reactions = await reactionsOf(
    tx,
    rows.map(row => row.id),
  )
  return rows.map(row =>
    toMessage(row, sign, {
      progress: progress.get(row.sessionId),
      readers: readers.get(row.id) ?? NOBODY,
      reactions: reactions.get(row.id) ?? {},
    }),
  )
}

interface Seen {
  readonly progress: SessionProgress | undefined
  readonly readers: Readers
  readonly reactions: Message['reactions']
}

function toMessage(row: MessageRow, sign: SignUrl, { progress, readers, reactions }: Seen): Message {
  return {
    id: row.id,
    sessionId: row.sessionId,
    seq: row.seq,
    change: row.change,
    clientMessageId: row.clientMessageId,
    senderId: row.senderId,
    senderType: row.senderType,
    receiverId: row.receiverId,
    text: row.text,
    type: row.type,
    file: signedFile(row.file as Message['file'], sign),
    status: progress ? statusOf(progress.type, progress.parts, row) : 'sent',
    readBy: readers.first,
    readByCount: readers.count,
    replyTo: row.replyToId,
    forwardedFrom: row.forwardedFromId,
    reactions,
    recalled: row.recalledAt !== null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}
