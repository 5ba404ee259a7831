import { type Message, type MessageStatus, READ_BY_MAX } from '@parley/contracts'
import {
  operatorSide as operatorSideOf,
  type Progress,
  type Sent,
  statusOf as statusIn,
} from '../../message/status.ts'
import { isoTime, type MessageRow, type SessionRow } from './state.ts'

const progressOf = (session: SessionRow): Progress[] =>
  [...session.parts.values()].map(part => ({ ...part, left: part.leftChange !== null }))

/** Where the operators of a support session are (M15). */
export const operatorSide = (session: SessionRow) => operatorSideOf(progressOf(session))

export const statusOf = (session: SessionRow, message: Sent): MessageStatus =>
  statusIn(session.type, progressOf(session), message)

/** Who has read it, and when the mark first reached it, oldest first (M16). */
function readersOf(session: SessionRow, message: MessageRow): { userId: string; at: number }[] {
  return [...session.parts.values()]
    .filter(({ userId, visibleAfterSeq }) => userId !== message.senderId && visibleAfterSeq < message.seq)
    .flatMap(({ userId, reads }) => {
      const reached = reads.find(({ seq }) => seq >= message.seq)
      return reached ? [{ userId, at: reached.at }] : []
    })
    .sort((a, b) => a.at - b.at)
}

const reactionsOf = ({ reactions }: MessageRow): Message['reactions'] =>
  Object.fromEntries(Object.entries(reactions).map(([emoji, ids]) => [emoji, [...ids]]))

export function toMessage(session: SessionRow, row: MessageRow): Message {
  const { createdChange: _, ...message } = row
  const readers = readersOf(session, row)
  return {
    ...message,
    file: row.file && { ...row.file },
    reactions: reactionsOf(row),
    status: statusOf(session, row),
    readBy: readers.slice(0, READ_BY_MAX).map(({ userId, at }) => ({ userId, at: isoTime(at) })),
    readByCount: readers.length,
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
  }
}
