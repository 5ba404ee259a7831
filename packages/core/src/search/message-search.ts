import { Failure, type Input, isStaff } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import { whoActs } from '../access/who-acts.ts'
import type { Handler } from '../node/handler.ts'
import type { FoundPlace } from '../ports/store/search-store.ts'
import type { WhoseSessions } from '../ports/store/session-store.ts'
import type { Store } from '../ports/store.ts'
import { wordsOf } from './words.ts'

type Reads = Pick<Store, 'message' | 'part' | 'sessions'>

export const messageSearch: Handler<'message.search'> = async ({ store }, { caller }, input) => {
  const { page, limit } = input
  const words = wordsOf(input.keyword)
  const whose = whoseSessions(caller, input.userId)
  const { sessionId = null } = input
  if (sessionId !== null) await mustSee(store, whose, sessionId, Number.POSITIVE_INFINITY)
  const before = await placeOf(store, whose, input)
  const skip = (page - 1) * limit
  const { items, total } = await store.searchMessages({ ...whose, words, sessionId, before, skip, limit })
  return { items, pagination: { page, limit, total, totalPages: Math.ceil(total / limit) } }
}

/** In whose sessions, and what of them (Q5): staff may name another. */
function whoseSessions(caller: Caller, claimedId: string | undefined): WhoseSessions {
  if (caller.kind === 'person' && isStaff(caller.role)) {
    const userId = claimedId ?? caller.userId
    return { userId, knownTo: userId === caller.userId ? null : caller.userId }
  }
  return { userId: whoActs(caller, claimedId), knownTo: null }
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
