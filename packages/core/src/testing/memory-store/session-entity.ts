import { MARKS_MAX, PEOPLE_MAX, type PersonCard, type Session } from '@parley/contracts'
import { byQueue } from '../../assignment/queue-order.ts'
import { ownerOf } from './groups.ts'
import { toMessage } from './message-status.ts'
import { nameOf } from './person-rows.ts'
import {
  isoTime,
  isoTimeOrNull,
  type PartRow,
  presentPart,
  presentParts,
  type SessionRow,
  type State,
} from './state.ts'

export const waitingSessions = (state: State): SessionRow[] =>
  [...state.sessions.values()].filter(({ status }) => status === 'waiting').sort(byQueue)

export function toSession(state: State, row: SessionRow, readerId: string | null): Session {
  const reader = readerId === null ? null : presentPart(row, readerId)
  return {
    id: row.id,
    siteId: state.siteId,
    type: row.type,
    name: row.name,
    subject: row.subject,
    metadata: row.metadata && { ...row.metadata },
    participants: presentParts(row).map(({ userId }) => userId),
    people: row.type === 'support' ? [] : cardsOf(state, row),
    ownerId: ownerOf(row)?.userId ?? null,
    showsHistory: row.showsHistory,
    userId: row.userId,
    userName: row.userName,
    userType: row.userType,
    operatorId: row.operatorId,
    operator: operatorCard(state, row.operatorId),
    status: row.status,
    queuePosition: row.status === 'waiting' ? waitingSessions(state).indexOf(row) + 1 : null,
    queueEstimate: null,
    unreadCount: reader && unreadOf(row, reader),
    marks: marksOf(row, reader),
    lastMessage: lastMessageOf(row, reader),
    lastSeq: row.lastSeq,
    lastChange: row.lastChange,
    endedBy: row.endedBy,
    endReason: row.endReason,
    ...timesOf(row),
  }
}

const timesOf = (row: SessionRow) => ({
  lastMessageAt: isoTimeOrNull(row.lastMessageAt),
  createdAt: isoTime(row.createdAt),
  updatedAt: isoTime(row.updatedAt),
  waitingSince: isoTimeOrNull(row.waitingSince),
  assignedAt: isoTimeOrNull(row.assignedAt),
  endedAt: isoTimeOrNull(row.endedAt),
})

function operatorCard(state: State, operatorId: string | null): Session['operator'] {
  if (operatorId === null) return null
  const person = state.people.get(operatorId)
  return { id: operatorId, name: nameOf(person) ?? operatorId, avatar: person?.avatar ?? null }
}

/** What others wrote after the read mark; tombstones do not count (M29). */
export const unreadOf = (row: SessionRow, { userId, readSeq }: PartRow): number =>
  row.messages.filter(({ seq, senderId, recalled }) => seq > readSeq && senderId !== userId && !recalled)
    .length

const cardsOf = (state: State, row: SessionRow): PersonCard[] =>
  presentParts(row)
    .slice(0, PEOPLE_MAX)
    .map(({ userId }) => {
      const person = state.people.get(userId)
      return { id: userId, name: nameOf(person), avatar: person?.avatar ?? null }
    })

/** The reader's among them, however many there are. */
function marksOf(row: SessionRow, reader: PartRow | null): Session['marks'] {
  const others = presentParts(row).filter(part => part !== reader)
  return [...(reader ? [reader] : []), ...others]
    .slice(0, MARKS_MAX)
    .map(({ userId, deliveredSeq, readSeq }) => ({ userId, deliveredSeq, readSeq }))
}

function lastMessageOf(row: SessionRow, reader: PartRow | null): Session['lastMessage'] {
  const last = row.messages.at(-1)
  return last && last.seq > (reader?.visibleAfterSeq ?? 0) ? toMessage(row, last) : null
}
