import type { Connection } from '../connection/connection.ts'
import type { Message, Output, Session } from '../contract-types.ts'
import type { Environment } from '../environment.ts'
import { ParleyError } from '../errors.ts'
import { SYNC_SESSIONS_MAX } from '../protocol.ts'
import { createRetry } from '../retry.ts'
import type { CaughtUp } from './apply-event.ts'
import { UNSYNCED } from './session-state.ts'

/** Messages of one session in one answer. */
const LIMIT = 200
/** Beyond every end: answered with no messages and the present number. Fits what databases call an integer. */
const FROM_NOW_ON = 2 ** 31 - 1

export interface CatchUpDeps {
  readonly environment: Pick<Environment, 'clock' | 'random'>
  readonly connection: Pick<Connection, 'request' | 'isOnline'>
  /** The last change that is known of the session. */
  cursor(sessionId: string): number
  caughtUp(sessionId: string, news: CaughtUp): void
  /** The server will not tell of it. */
  refused(sessionId: string, error: ParleyError): void
  /** The caller's sessions that were not asked for. */
  others(sessions: readonly Session[]): void
}

export interface CatchUp {
  /** Asks what this session has missed, and hears it from then on. */
  need(sessionId: string): void
  /** A new connection: asks for all of these, and for whatever else is the caller's. */
  begin(sessionIds: readonly string[]): void
  /** Another person: what has been asked so far is nobody's. */
  forget(): void
}

type Page = Output<'session.sync'>['sessions'][string]

interface Pages {
  readonly messages: readonly Message[]
  readonly upTo: number
}

/**
 * `session.sync` for many sessions at a time, page by page; what it finds is applied when it is complete. Pages outlive
 * their connection, so that a poor one gets further each time.
 */
export function createCatchUp(deps: CatchUpDeps): CatchUp {
  const retry = createRetry(deps.environment)
  const wanted = new Set<string>()
  const pages = new Map<string, Pages>()
  let everything = false
  let running = false

  const from = (sessionId: string) => {
    const cursor = deps.cursor(sessionId)
    const upTo = pages.get(sessionId)?.upTo ?? UNSYNCED
    if (cursor !== UNSYNCED && upTo > cursor) return upTo
    pages.delete(sessionId)
    return cursor === UNSYNCED ? FROM_NOW_ON : cursor
  }

  const take = (sessionId: string, page: Page, isLast: boolean) => {
    const messages = [...(pages.get(sessionId)?.messages ?? []), ...page.messages]
    pages.delete(sessionId)
    if (isLast) return deps.caughtUp(sessionId, { ...page, name: 'caught.up', messages })
    pages.set(sessionId, { messages, upTo: page.upTo })
    wanted.add(sessionId)
  }

  const ask = async (ids: readonly string[]) => {
    const asked = new Map(ids.map(id => [id, from(id)]))
    const sessions = Object.fromEntries(asked)
    const answer = await deps.connection.request('session.sync', { sessions, limit: LIMIT })
    everything = false
    // One answer has room for so much: a session that it could tell nothing of is asked for again, if another got further.
    const isStuck = !Object.entries(answer.sessions).some(([id, { upTo }]) => upTo > (asked.get(id) ?? upTo))
    for (const id of asked.keys()) {
      wanted.delete(id)
      const page = answer.sessions[id]
      if (page) take(id, page, page.complete || isStuck)
      else refused(id, new ParleyError('not_found'))
    }
    deps.others(answer.others)
  }

  const refused = (sessionId: string, error: ParleyError) => {
    pages.delete(sessionId)
    deps.refused(sessionId, error)
  }

  const onFailure = (ids: readonly string[], error: ParleyError) => {
    if (!deps.connection.isOnline()) return
    if (error.retry) return retry.later(error, run)
    everything = false
    for (const id of ids) {
      wanted.delete(id)
      refused(id, error)
    }
  }

  const askNext = async () => {
    const ids = [...wanted].slice(0, SYNC_SESSIONS_MAX)
    try {
      await ask(ids)
      retry.reset()
    } catch (error) {
      onFailure(ids, ParleyError.of(error))
    }
  }

  const askAll = async () => {
    while ((everything || wanted.size > 0) && !retry.isWaiting && deps.connection.isOnline()) await askNext()
    running = false
  }

  function run() {
    retry.cancel()
    if (running) return
    running = true
    void Promise.resolve().then(askAll)
  }

  return {
    need(sessionId) {
      wanted.add(sessionId)
      if (!retry.isWaiting) run()
    },
    begin(sessionIds) {
      everything = true
      retry.reset()
      for (const id of sessionIds) wanted.add(id)
      run()
    },
    forget: () => pages.clear(),
  }
}
