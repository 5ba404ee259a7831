import { SEARCH_TOTAL_MAX } from '@parley/contracts'
import type { FoundPlace, SearchQuery, SearchStore } from '../../ports/store/search-store.ts'
import { folded } from '../../search/folded.ts'
import { hasWords } from '../../search/words.ts'
import { toMessage } from './message-status.ts'
import { isoTime, type MessageRow, presentPart, type SessionRow, type State } from './state.ts'
import type { Sync } from './sync.ts'

export const search = (state: State): Sync<SearchStore> => ({
  searchMessages(query) {
    const found = [...state.sessions.values()]
      .filter(({ id }) => query.sessionId === null || id === query.sessionId)
      .flatMap(session => foundIn(session, query))
      .sort((a, b) => byPlace(placeOf(b.row), placeOf(a.row)))
      .slice(0, SEARCH_TOTAL_MAX)
    const items = found.slice(query.skip, query.skip + query.limit)
    return { items: items.map(({ session, row }) => toMessage(session, row)), total: found.length }
  },
})

function foundIn(session: SessionRow, { userId, knownTo, words, before }: SearchQuery) {
  const after = Math.max(seesAfter(session, userId), knownAfter(session, knownTo))
  return session.messages
    .filter(({ seq, recalled }) => seq > after && !recalled)
    .filter(row => before === null || byPlace(placeOf(row), before) < 0)
    .filter(({ text }) => hasWords(folded(text), words))
    .map(row => ({ session, row }))
}

const seesAfter = (session: SessionRow, userId: string): number =>
  presentPart(session, userId)?.visibleAfterSeq ?? Number.POSITIVE_INFINITY

const knownAfter = (session: SessionRow, knownTo: string | null): number =>
  knownTo === null || session.type === 'support' ? 0 : seesAfter(session, knownTo)

const placeOf = ({ createdAt, sessionId, seq }: MessageRow): FoundPlace => ({
  createdAt: isoTime(createdAt),
  sessionId,
  seq,
})

function byPlace(a: FoundPlace, b: FoundPlace): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1
  if (a.sessionId !== b.sessionId) return a.sessionId < b.sessionId ? -1 : 1
  return a.seq - b.seq
}
