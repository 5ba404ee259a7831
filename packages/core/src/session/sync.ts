import { Failure, type Session, SYNC_SESSIONS_MAX, type SyncedSession } from '@parley/contracts'
import type { Person } from '../access/caller.ts'
import { knows } from '../access/session-access.ts'
import { type Backfill, backfill } from '../delivery/backfill.ts'
import { seqRuns } from '../message/seq-runs.ts'
import type { Handler } from '../node/handler.ts'
import type { Store } from '../ports/store.ts'
import type { HearingDeps } from './deps.ts'
import { SyncRoom } from './sync-room.ts'

/**
 * What is new in the sessions that the client names, by its numbers, and which others it has. The connection hears a
 * session from the answer on that completes it: until then the rest comes as answers, and never twice.
 */
export function sessionSync({ store, hubs, positions, marks, later }: HearingDeps): Handler<'session.sync'> {
  return (_deps, context, { sessions: cursors, limit }) => {
    const { caller } = context
    if (caller.kind !== 'person') throw new Failure('forbidden')
    return backfill(hubs, context, later, async filling => {
      const named = Object.keys(cursors)
      filling.listen(named)
      const synced = await syncNamed(store, filling, caller, cursors, limit)
      for (const one of Object.values(synced)) {
        const had = hadUpTo(one)
        if (had > deliveredTo(one.session, caller.userId))
          marks.fetched(caller.userId, one.session.id, [{ fromSeq: 1, toSeq: had }])
      }
      const { others, more } = await readOthers(store, filling, caller, named)
      for (const session of others) positions.shown(session)
      for (const { session } of Object.values(synced)) positions.shown(session)
      return { sessions: synced, unknown: named.filter(id => !Object.hasOwn(synced, id)), others, more }
    })
  }
}

/** The last message that the client has, as its number says: those that come after it, up to the end, are in the answer (P8). */
function hadUpTo({ session, messages, complete }: SyncedSession): number {
  if (!complete) return 0
  const tail = seqRuns(messages).at(-1)
  return tail?.toSeq === session.lastSeq ? tail.fromSeq - 1 : session.lastSeq
}

/** Of who takes no part: all, as there is nothing to mark. */
const deliveredTo = ({ marks, lastSeq }: Session, userId: string): number =>
  marks.find(mark => mark.userId === userId)?.deliveredSeq ?? lastSeq

async function syncNamed(
  store: Store,
  filling: Backfill,
  caller: Person,
  cursors: Readonly<Record<string, number>>,
  limit: number,
): Promise<Record<string, SyncedSession>> {
  const known = await knownSessions(store, caller, Object.keys(cursors))
  const room = new SyncRoom()
  const synced: SyncedSession[] = []
  for (const session of known)
    synced.push(await syncOne(store, caller, { session, cursor: cursors[session.id] ?? 0, limit, room }))
  for (const { session, messages, complete } of synced) {
    filling.show(session.id, messages)
    if (!complete) continue
    filling.admit(session)
    // Its number said that it has what is before.
    filling.hasFrom(session, 1)
  }
  return Object.fromEntries(synced.map(one => [one.session.id, one]))
}

async function knownSessions(store: Store, caller: Person, ids: readonly string[]): Promise<Session[]> {
  if (ids.length === 0) return []
  const sessions = await store.sessions(ids, caller.userId)
  return sessions.filter(({ type, participants }) =>
    knows(caller, type, participants.includes(caller.userId)),
  )
}

interface Ask {
  readonly session: Session
  readonly cursor: number
  readonly limit: number
  readonly room: SyncRoom
}

async function syncOne(
  store: Store,
  caller: Person,
  { session, cursor, limit, room }: Ask,
): Promise<SyncedSession> {
  const { lastChange, lastSeq } = session
  if (cursor >= lastChange) return { messages: [], session, upTo: lastChange, complete: true }
  if (room.isFull()) return { messages: [], session, upTo: cursor, complete: false }
  const part = session.participants.includes(caller.userId)
    ? await store.part(session.id, caller.userId)
    : null
  const read = await store.messagesChangedSince(session.id, cursor, part?.visibleAfterSeq ?? 0, limit + 1)
  // What was written since the snapshot comes as an event; what was there and has changed since is not told whole again.
  const news = read.filter(({ change, seq }) => change <= lastChange || seq <= lastSeq)
  const messages = room.fit(news, limit)
  const complete = messages.length === news.length && news.length <= limit
  const upTo = complete ? lastChange : Math.min(lastChange, messages.at(-1)?.change ?? cursor)
  return { messages, session, upTo, complete }
}

/** The caller's sessions that it did not name, latest first. Known by name only once read, so they are read again while heard. */
async function readOthers(
  store: Store,
  filling: Backfill,
  caller: Person,
  named: readonly string[],
): Promise<{ others: Session[]; more: boolean }> {
  const latest = await store.sessionsOf(
    { userId: caller.userId, knownTo: null },
    SYNC_SESSIONS_MAX + named.length + 1,
    0,
  )
  const ids = latest.map(({ id }) => id).filter(id => !named.includes(id))
  const shown = ids.slice(0, SYNC_SESSIONS_MAX)
  filling.listen(shown)
  const room = new SyncRoom()
  const known = await knownSessions(store, caller, shown)
  const others = known.filter(session => room.takes([session]))
  for (const session of others) {
    filling.admit(session)
    filling.hasFrom(session, session.lastSeq + 1)
  }
  return { others, more: ids.length > shown.length || known.length > others.length }
}
