import type { InboxRange, SessionStore } from '../../ports/store/session-store.ts'
import { unreadOf } from './session-entity.ts'
import { type PartRow, presentPart, presentParts, type SessionRow, type State } from './state.ts'
import type { Sync } from './sync.ts'

type Inbox = 'inbox' | 'newParts' | 'unread' | 'userStats'

interface Seat {
  readonly session: SessionRow
  readonly part: PartRow
}

/** What the person takes part in. */
const seatsOf = (state: State, userId: string): Seat[] =>
  [...state.sessions.values()].flatMap(session => {
    const part = presentPart(session, userId)
    return part ? [{ session, part }] : []
  })

const isHeard = ({ session: { status, lastSeq }, part: { deliveredSeq } }: Seat): boolean =>
  status !== 'ended' || deliveredSeq < lastSeq

function inRange(seats: readonly Seat[], range: InboxRange): Seat[] {
  if (range.kind === 'some') return seats.filter(({ session: { id } }) => range.sessionIds.includes(id))
  return seats
    .filter(({ session: { id } }) => range.sessionId === null || id > range.sessionId)
    .sort((a, b) => (a.session.id < b.session.id ? -1 : 1))
    .slice(0, range.limit)
}

export const inbox = (state: State): Pick<Sync<SessionStore>, Inbox> => ({
  inbox: (userId, range) =>
    inRange(seatsOf(state, userId).filter(isHeard), range).map(({ session, part }) => ({
      ...{ sessionId: session.id, lastChange: session.lastChange, lastSeq: session.lastSeq },
      joinedChange: part.joinedChange,
      visibleAfterSeq: part.visibleAfterSeq,
      deliveredSeq: part.deliveredSeq,
    })),
  newParts: (userIds, withinMs) =>
    [...state.sessions.values()].flatMap(session =>
      presentParts(session)
        .filter(part => userIds.includes(part.userId) && part.joinedAt >= state.now() - withinMs)
        .map(({ userId }) => ({ sessionId: session.id, userId })),
    ),
  unread: userId =>
    new Map(
      seatsOf(state, userId)
        .map(({ session, part }) => [session.id, unreadOf(session, part)] as const)
        .filter(([, count]) => count > 0),
    ),
  userStats: userId => userStats(seatsOf(state, userId), userId),
})

function userStats(seats: readonly Seat[], userId: string) {
  const seen = seats.flatMap(({ session, part }) =>
    session.messages.filter(({ seq }) => seq > part.visibleAfterSeq),
  )
  const sentMessages = seen.filter(({ senderId }) => senderId === userId).length
  return {
    totalSessions: seats.length,
    totalMessages: seen.length,
    sentMessages,
    receivedMessages: seen.length - sentMessages,
    unreadMessages: seats.reduce((sum, { session, part }) => sum + unreadOf(session, part), 0),
  }
}
