import { Failure, type Input } from '@parley/contracts'
import { whoseSessions } from '../access/whose.ts'
import type { Handler } from '../node/handler.ts'
import { pageOf, skipOf } from '../page-of.ts'
import type { FoundPlace } from '../ports/store/search-store.ts'
import type { WhoseSessions } from '../ports/store/session-store.ts'
import type { Store } from '../ports/store.ts'
import { wordsOf } from './words.ts'

type Reads = Pick<Store, 'message' | 'part' | 'sessions'>

export const messageSearch: Handler<'message.search'> = async ({ store }, { caller }, input) => {
  const { limit } = input
  const words = wordsOf(input.keyword)
  const whose = whoseSessions(caller, input.userId)
  const { sessionId = null } = input
  if (sessionId !== null) await mustSee(store, whose, sessionId, Number.POSITIVE_INFINITY)
  const before = await placeOf(store, whose, input)
  const skip = skipOf(input)
  const { items, total } = await store.searchMessages({ ...whose, words, sessionId, before, skip, limit })
  return pageOf(items, total, input)
}

async function placeOf(
  store: Reads,
  whose: WhoseSessions,
  { before, sessionId }: Input<'message.search'>,
): Promise<FoundPlace | null> {
  if (before === undefined) return null
  const message = await store.message(before)
  if (!message || (sessionId !== undefined && message.sessionId !== sessionId)) throw new Failure('not_found')
  await mustSee(store, whose, message.sessionId, message.seq)
  return { createdAt: message.createdAt, sessionId: message.sessionId, seq: message.seq }
}

/** Up to this message: the person sees it, and whoever asks may know of it (I5, Q5). */
async function mustSee(
  store: Reads,
  { userId, knownTo }: WhoseSessions,
  sessionId: string,
  seq: number,
): Promise<void> {
  const sees = async (who: string) => {
    const part = await store.part(sessionId, who)
    return part !== null && !part.left && part.visibleAfterSeq < seq
  }
  const known = async () =>
    knownTo === null ||
    (await sees(knownTo)) ||
    (await store.sessions([sessionId], null)).some(({ type }) => type === 'support')
  if (!(await sees(userId)) || !(await known())) throw new Failure('not_found')
}
