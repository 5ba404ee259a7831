import type { Session, SessionList } from '@parley/contracts'
import type { Connection } from '../ports/connection.ts'

/** A live list of a connection. */
export interface Watch {
  readonly connection: Connection
  readonly list: SessionList
  /** So many it shows, besides those that come or change. */
  readonly limit: number
  /** What the connection shows, and how it last heard of each. */
  readonly shown: Map<string, string>
  /** What has changed while its answer was due; null once that is out. */
  missed: Set<string> | null
}

function belongs(list: SessionList, session: Session, reader: string): boolean {
  switch (list) {
    case 'mine':
      return isOpenSupport(session) && session.operatorId === reader
    case 'queue':
      return session.type === 'support' && session.status === 'waiting'
    case 'active':
      return isOpenSupport(session)
    case 'team':
      return session.type !== 'support' && session.participants.includes(reader)
  }
}

const isOpenSupport = (session: Session) => session.type === 'support' && session.status !== 'ended'

const markOf = (reader: string, session: Session) => session.marks.find(({ userId }) => userId === reader)

/** Does the session look to this reader as no read for many can show it: what it has not read, what it may see? */
export function needsOwnLook(reader: string, session: Session): boolean {
  if (!session.participants.includes(reader)) return false
  const mark = markOf(reader, session)
  const isHidden = session.type === 'group' && !session.showsHistory
  return isHidden || !mark || mark.readSeq < session.lastSeq
}

/** As it was read for this reader, or for all, where nothing in it is unread. */
function seenBy(reader: string, session: Session): Session {
  const isForAll = session.unreadCount === null && session.participants.includes(reader)
  return isForAll ? { ...session, unreadCount: 0 } : session
}

/** Two looks at a session with the same print show the same row of a list. */
export const fingerprint = (session: Session): string =>
  [
    session.lastChange,
    session.status,
    session.queuePosition,
    session.unreadCount,
    session.operator?.name,
    session.userName,
  ].join('/')

/**
 * Tells the watcher what a session's present state means for its list; null: there is no such session. One that has
 * not changed itself, but was only looked at, is told where it is shown or there is room.
 */
export function tellWatcher(
  watch: Watch,
  sessionId: string,
  session: Session | null,
  hasChanged: boolean,
): void {
  const { list, limit, connection, shown } = watch
  if (!hasChanged && !shown.has(sessionId) && shown.size >= limit) return
  const reader = connection.caller.userId
  if (session && belongs(list, session, reader)) {
    const seen = seenBy(reader, session)
    const print = fingerprint(seen)
    if (shown.get(sessionId) === print) return
    shown.set(sessionId, print)
    connection.deliver({ name: 'session.listed', data: { list, session: seen } })
  } else if (shown.delete(sessionId))
    connection.deliver({ name: 'session.unlisted', data: { list, sessionId } })
}
