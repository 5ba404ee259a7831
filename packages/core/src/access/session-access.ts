import { Failure, isStaff, type Session, type Who } from '@parley/contracts'
import type { Part, SessionStore } from '../ports/store/session-store.ts'
import type { Caller } from './caller.ts'
import { may, refusalOf } from './may.ts'

type Reads = Pick<SessionStore, 'sessions' | 'part'>

/** A session as far as the caller may know it. */
export interface KnownSession {
  readonly session: Session
  /** The caller's place in it; null for who takes no part (any more). */
  readonly part: Part | null
  /** The caller sees messages with `seq` > this (M18). */
  readonly visibleAfterSeq: number
}

/**
 * The session, if the caller may know of it (I5), and then if it may do what `who` may (I6). `unreadCount` is the
 * caller's, where it takes part.
 */
export async function accessSession(
  store: Reads,
  caller: Caller,
  sessionId: string,
  who: readonly Who[],
): Promise<KnownSession> {
  if (caller.kind === 'anyone') throw new Failure('unauthorized')
  const readerId = caller.kind === 'person' ? caller.userId : null
  const [[session], part] = await Promise.all([
    store.sessions([sessionId], readerId),
    readerId === null ? null : presentPart(store, sessionId, readerId),
  ])
  if (!session || !knows(caller, session.type, part !== null)) throw new Failure('not_found')
  if (!may(caller, who, { party: part !== null })) throw new Failure(refusalOf(caller))
  return { session, part, visibleAfterSeq: part?.visibleAfterSeq ?? 0 }
}

/**
 * The session for the person in whose name the caller acts, who must take part in it: with an API key it is the one
 * that the key has named (I4).
 */
export async function accessFor(
  store: Reads,
  caller: Caller,
  userId: string,
  sessionId: string,
): Promise<KnownSession> {
  if (caller.kind !== 'key') return accessSession(store, caller, sessionId, ['party'])
  const { session } = await accessSession(store, caller, sessionId, ['key'])
  const part = await presentPart(store, sessionId, userId)
  if (!part) throw new Failure('not_found')
  return { session, part, visibleAfterSeq: part.visibleAfterSeq }
}

async function presentPart(store: Reads, sessionId: string, userId: string): Promise<Part | null> {
  const part = await store.part(sessionId, userId)
  return part && !part.left ? part : null
}

/** May the caller know that the session is there? (I5) */
export function knows(caller: Caller, type: Session['type'], isParty: boolean): boolean {
  if (caller.kind === 'anyone') return false
  return isParty || caller.kind === 'key' || (type === 'support' && isStaff(caller.role))
}
