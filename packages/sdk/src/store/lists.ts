import type { LinkEvent } from '../connection/link.ts'
import type { Session, SessionList } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import { createRetry } from '../retry.ts'
import { joinMarks, newerSession } from '../sync/merge.ts'
import { readSeqOf } from '../sync/unread.ts'
import type { ListSnapshot, Observable } from '../types.ts'
import type { Core } from './core.ts'
import { LIST_ORDER } from './list-order.ts'
import { createView } from './observable.ts'

const LIMIT = 100
/** So long a list that nobody looks at is still watched: screens come and go. Milliseconds. */
const LINGER_MS = 5000

type ListEvent = Extract<LinkEvent, { name: 'session.listed' | 'session.unlisted' }>

export interface LiveList extends Observable<ListSnapshot> {
  online(): void
  event(event: ListEvent): void
  /** The caller has read this far. */
  read(sessionId: string, seq: number): void
  reset(): void
}

/** The server's own count, unless the caller has read further; what has come since is of others. */
function unreadAfterAll(now: Session, told: Session, known: Session | undefined, me: string | null): number {
  const read = readSeqOf(now, me)
  if (read === undefined) return told.unreadCount ?? known?.unreadCount ?? 0
  if (read >= now.lastSeq) return 0
  const counted = [told, known].find(
    session => session && session.unreadCount !== null && readSeqOf(session, me) === read,
  )
  return counted ? (counted.unreadCount ?? 0) + now.lastSeq - counted.lastSeq : now.lastSeq - read
}

/** One live list: as `session.watch` answers, then event by event; asked for again on every connection. */
export function createList(core: Core, list: SessionList): LiveList {
  const { clock } = core.environment
  const retry = createRetry(core.environment)
  let sessions = new Map<string, Session>()
  let total = 0
  let loaded = false
  let error: ParleyError | null = null
  let watching = false
  let cancelLinger: (() => void) | null = null
  /** What is heard while the answer is on its way comes after it. */
  let early: ListEvent[] | null = null

  const me = () => core.me()?.id ?? null
  const build = (): ListSnapshot => ({
    sessions: [...sessions.values()].sort(LIST_ORDER[list]),
    total,
    loading: !loaded && !error,
    error,
  })

  /** As the caller sees it: what goes to many has no `unreadCount`. */
  const seen = (session: Session): Session => {
    const known = sessions.get(session.id)
    const newer = newerSession(known ?? null, session)
    const marks = joinMarks(known?.marks ?? [], session.marks)
    return { ...newer, marks, unreadCount: unreadAfterAll({ ...newer, marks }, session, known, me()) }
  }

  const put = (session: Session) => {
    const appeared = !sessions.has(session.id)
    const next = seen(session)
    sessions = new Map(sessions).set(session.id, next)
    return { appeared, session: next }
  }

  const apply = (event: ListEvent) => {
    if (event.name === 'session.listed') {
      const { appeared, session } = put(event.session)
      if (appeared) total += 1
      core.emit('listed', { list, session, appeared })
    } else {
      const rest = new Map(sessions)
      // One that is not shown counts too, where the list is longer than what is shown.
      if (rest.delete(event.sessionId) || total > sessions.size) total -= 1
      sessions = rest
    }
    view.changed()
  }

  const answered = (answer: { readonly sessions: readonly Session[]; readonly total: number }) => {
    const before = sessions
    const news = loaded ? answer.sessions.filter(({ id }) => !before.has(id)) : []
    sessions = new Map(answer.sessions.map(session => [session.id, seen(session)]))
    total = answer.total
    loaded = true
    error = null
    retry.reset()
    for (const session of news) core.emit('listed', { list, session, appeared: true })
  }

  const failed = (reason: ParleyError) => {
    if (reason.retry) retry.later(reason, () => void watch())
    else error = reason
  }

  const watch = async () => {
    if (!watching || early || !core.connection.isOnline()) return
    early = []
    try {
      answered(await core.connection.request('session.watch', { list, limit: LIMIT }))
    } catch (reason) {
      if (core.connection.isOnline()) failed(ParleyError.of(reason))
    }
    const missed: ListEvent[] = early
    early = null
    for (const event of missed) apply(event)
    view.changed()
  }

  const unwatch = () => {
    retry.reset()
    watching = false
    loaded = false
    sessions = new Map()
    // A connection that has gone watches nothing any more.
    if (core.connection.isOnline())
      core.connection.request('session.unwatch', { list }).catch(() => undefined)
  }

  const view = createView(build, used => {
    cancelLinger?.()
    cancelLinger = null
    if (!used) {
      cancelLinger = clock.after(LINGER_MS, unwatch)
      return
    }
    watching = true
    core.connection.need()
    if (!loaded) void watch()
  })

  return {
    subscribe: view.subscribe,
    getSnapshot: view.getSnapshot,
    online: () => void watch(),
    event(event) {
      if (early) early.push(event)
      else if (watching) apply(event)
    },
    read(sessionId, seq) {
      const session = sessions.get(sessionId)
      const userId = me()
      if (!session || userId === null) return
      const marks = joinMarks(session.marks, [{ userId, deliveredSeq: seq, readSeq: seq }])
      put({ ...session, marks, unreadCount: null })
      view.changed()
    },
    reset() {
      sessions = new Map()
      total = 0
      loaded = false
      error = null
      view.changed()
    },
  }
}
