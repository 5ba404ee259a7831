import { Failure, type Session } from '@parley/contracts'
import type { SessionStore } from '../ports/store/session-store.ts'

/** The session as it is now, to this reader. */
export async function readSession(
  store: Pick<SessionStore, 'sessions'>,
  sessionId: string | null,
  readerId: string | null,
): Promise<Session> {
  const [session] = sessionId === null ? [] : await store.sessions([sessionId], readerId)
  if (!session) throw new Failure('not_found')
  return session
}
