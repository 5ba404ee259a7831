import type { Connection } from '../connection/connection.ts'
import type { Credentials } from '../connection/credentials.ts'
import type { Session } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import type { Storage } from '../storage.ts'
import type { OutgoingQueue } from '../sync/outgoing-queue.ts'
import type { Observable, SessionHandle } from '../types.ts'
import type { Handles } from './handles.ts'
import type { Sessions } from './sessions.ts'

const OPEN = 'open'

interface OpenSessionDeps {
  readonly connection: Connection
  readonly credentials: Credentials
  readonly queue: OutgoingQueue
  readonly storage: Storage
  readonly sessions: Sessions
  readonly handles: Handles
  /** What was kept is back in memory. */
  readonly restored: Promise<void>
  readonly me: () => string | null
}

/** Resolves once `found` finds something, asked again at every change of what is watched. */
function until<T>(watched: readonly Observable<unknown>[], found: () => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = () => {
      try {
        const value = found()
        if (value === undefined) return
        resolve(value)
      } catch (error) {
        reject(error)
      }
      for (const leave of leaves) leave()
    }
    const leaves = watched.map(observable => observable.subscribe(look))
    look()
  })
}

/** The caller's own open support session: which it was is kept, so that a reload shows it at once. */
export function createOpenSession(deps: OpenSessionDeps) {
  const { connection, storage, sessions, handles, queue } = deps

  const isOwn = ({ type, userId }: Session) => type === 'support' && userId !== null && userId === deps.me()

  const heardOpen = () =>
    sessions.all().find(model => {
      const { session } = model.state()
      return session !== null && isOwn(session) && session.status !== 'ended'
    })

  /** `null`: the server has said that there is none, or nobody is there to have one. */
  const answered = (): SessionHandle | null | undefined => {
    const state = connection.state.getSnapshot()
    if (state.status === 'refused') throw new ParleyError(state.code)
    if (state.status === 'idle') return null
    if (!sessions.heardOwn.getSnapshot()) return undefined
    const id = heardOpen()?.id()
    return id ? handles.session(id) : null
  }

  return {
    async find(): Promise<SessionHandle | null> {
      await deps.restored
      const [unsent] = queue.of(null)
      if (unsent) return handles.draft(unsent.start ?? undefined)
      const kept = await storage.get(OPEN)
      if (kept !== null) return handles.session(kept)
      if ((await deps.credentials.current()) === null) return null
      connection.need()
      return until([connection.state, sessions.heardOwn], answered)
    },
    async isRemembered(): Promise<boolean> {
      await deps.restored
      return queue.all().length > 0 || (await storage.get(OPEN)) !== null
    },
    /** Keeps which session is open. */
    async note(session: Session): Promise<void> {
      if (!isOwn(session)) return
      if (session.status !== 'ended') await storage.set(OPEN, session.id)
      else if ((await storage.get(OPEN)) === session.id) await storage.remove(OPEN)
    },
    remember: (sessionId: string) => storage.set(OPEN, sessionId),
    forget: () => storage.remove(OPEN),
  }
}
