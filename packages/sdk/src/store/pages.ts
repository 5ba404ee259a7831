import type { Message } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import { createRetry } from '../retry.ts'
import { type SessionState, UNSYNCED } from '../sync/session-state.ts'
import type { Core } from './core.ts'

const PAGE = 50

export interface PagesDeps {
  readonly core: Pick<Core, 'call' | 'environment'>
  readonly sessionId: () => string | null
  readonly state: () => SessionState
  /** `newest`: it is the first page, and the session can be shown. */
  readonly arrived: (messages: readonly Message[], newest: boolean) => void
  readonly changed: () => void
  readonly refused: (error: ParleyError) => void
}

/**
 * The messages from before the connection: the newest page once, older ones on demand. The newest is asked for only
 * when a cursor is known, so whatever it may lack is still to come as an event.
 */
export function createPages({ core, sessionId, state, arrived, changed, refused }: PagesDeps) {
  const retry = createRetry(core.environment)
  let newest: 'none' | 'loading' | 'done' = 'none'
  let older: Promise<void> | null = null
  /** There is nothing before this `seq` that the caller may see. */
  let startSeq: number | null = null
  /** What was asked before a reset is not wanted any more. */
  let round = 0

  const first = () => state().messages[0]?.seq ?? null

  const fetchPage = async (beforeSeq: number | null) => {
    const mine = round
    const before = beforeSeq === null ? {} : { beforeSeq }
    const { items } = await core.call('message.list', { sessionId: sessionId(), limit: PAGE, ...before })
    if (mine !== round) return
    if (items.length < PAGE) startSeq = items[0]?.seq ?? beforeSeq
    if (beforeSeq === null) newest = 'done'
    arrived(items, beforeSeq === null)
  }

  const failed = (error: ParleyError) => {
    newest = 'none'
    if (error.retry) retry.later(error, load)
    else refused(error)
  }

  const loadNewest = async (mine: number) => {
    try {
      await fetchPage(null)
      retry.reset()
    } catch (error) {
      if (mine === round) failed(ParleyError.of(error))
    }
  }

  /** As soon as the session is known, and once. */
  function load(): void {
    const { session, change } = state()
    if (newest !== 'none' || !session || change === UNSYNCED) return
    newest = session.lastSeq === 0 ? 'done' : 'loading'
    if (newest === 'done') arrived([], true)
    else void loadNewest(round)
  }

  const loadOlder = async () => {
    try {
      await fetchPage(first())
    } finally {
      older = null
      changed()
    }
  }

  const hasOlder = () => {
    const seq = first()
    return newest === 'done' && seq !== null && seq > 1 && seq !== startSeq
  }

  return {
    load,
    hasOlder,
    done: () => newest === 'done',
    loadingOlder: () => older !== null,
    async older() {
      if (!older && !hasOlder()) return
      older ??= loadOlder()
      changed()
      await older
    },
    reset() {
      round += 1
      newest = 'none'
      startSeq = null
      retry.reset()
    },
  }
}
