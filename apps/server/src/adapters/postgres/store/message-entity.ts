import { type Message, READ_BY_MAX, type Session } from '@parley/contracts'
import { type Progress, statusOf, withUrls } from '@parley/core'
import type { Message as MessageRow, Participant, Prisma } from '../../../generated/prisma/client.ts'
import { groupBy } from './group-by.ts'

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

const toProgress = (part: Participant): Progress => ({
  userId: part.userId,
  role: part.role,
  left: part.leftChange !== null,
  visibleAfterSeq: part.joinedSeq,
  deliveredSeq: part.deliveredSeq,
  readSeq: part.readSeq,
})

export async function progressOf(
  tx: Tx,
  sessionIds: readonly string[],
): Promise<Map<string, SessionProgress>> {
  const ids = [...sessionIds]
  const parts = await tx.participant.findMany({
    where: { sessionId: { in: ids } },
    orderBy: [{ joinedChange: 'asc' }, { joinedAt: 'asc' }, { userId: 'asc' }],
  })
  const types = await tx.session.findMany({ where: { id: { in: ids } }, select: { id: true, type: true } })
  const bySession = groupBy(parts, part => part.sessionId)
  return new Map(
    types.map(({ id, type }) => [id, { type, parts: (bySession.get(id) ?? []).map(toProgress) }]),
  )
}

interface Read {
  readonly message: string
  readonly who: string
  readonly at: Date
}

/** Who had read each message, and when their mark first reached it (M16). */
function readsOf(tx: Tx, messageIds: readonly string[]): Promise<Read[]> {
  return tx.$queryRaw<Read[]>`
    SELECT m.id AS message, p.user_id AS who, r.at
    FROM messages m
    JOIN participants p ON p.session_id = m.session_id AND p.user_id <> m.sender_id AND p.read_seq >= m.seq
    CROSS JOIN LATERAL (
      SELECT at FROM read_marks r
      WHERE r.session_id = m.session_id AND r.user_id = p.user_id AND r.seq >= m.seq
      ORDER BY r.seq LIMIT 1
    ) r
    WHERE m.id = ANY(${[...messageIds]}::text[])
    ORDER BY r.at, p.user_id`
}

/** Messages as they stand: with their status and their readers, in a fixed number of queries. */
export async function toMessages(tx: Tx, rows: readonly MessageRow[], sign: SignUrl): Promise<Message[]> {
  if (rows.length === 0) return []
  const progress = await progressOf(tx, [...new Set(rows.map(row => row.sessionId))])
  const reads = groupBy(
    await readsOf(
      tx,
      rows.map(row => row.id),
    ),
    read => read.message,
  )
  return rows.map(row => toMessage(row, progress.get(row.sessionId), reads.get(row.id) ?? [], sign))
}

function toMessage(
  row: MessageRow,
  progress: SessionProgress | undefined,
  reads: readonly Read[],
  sign: SignUrl,
): Message {
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
    readBy: reads.slice(0, READ_BY_MAX).map(({ who, at }) => ({ userId: who, at: at.toISOString() })),
    readByCount: reads.length,
    replyTo: row.replyToId,
    forwardedFrom: row.forwardedFromId,
    reactions: {},
    recalled: row.recalledAt !== null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}
