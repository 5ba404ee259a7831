import type { Mark } from './merge.ts'
import type { SessionState } from './session-state.ts'

export interface Unread {
  readonly count: number
  /** False: somewhere before the messages that are here lie tombstones, and only the server knows where. */
  readonly certain: boolean
}

export const readSeqOf = (
  { marks }: { readonly marks: readonly Mark[] },
  me: string | null,
): number | undefined => marks.find(({ userId }) => userId === me)?.readSeq

/** Tombstones that the server left out of its count, and that nothing else has told of. */
function hiddenTombstones({ counted, touched }: SessionState, me: string | null): number {
  const from = counted ? readSeqOf(counted, me) : undefined
  if (!counted || counted.unreadCount === null || from === undefined) return 0
  const known = Object.values(touched).filter(
    ({ change, seq, fields }) => fields.recalled && change <= counted.lastChange && seq > from,
  )
  return Math.max(0, counted.lastSeq - from - counted.unreadCount - known.length)
}

/** For a visitor's page: exact but for what was recalled before it came. Who takes no part has the server's word. */
export function unreadAtLeast(
  { session, marks, touched }: SessionState,
  me: string | null,
  readSeq: number,
): number {
  if (!session) return 0
  if (readSeq === 0 && readSeqOf({ marks }, me) === undefined) return session.unreadCount ?? 0
  const gone = Object.values(touched).filter(({ seq, fields }) => fields.recalled && seq > readSeq)
  return Math.max(0, session.lastSeq - readSeq - gone.length)
}

/** What others wrote after `readSeq`, without tombstones. Nobody's own message lies behind their mark: sending moves it. */
export function unreadAfter(state: SessionState, me: string | null, readSeq: number): Unread {
  const { session, messages, counted } = state
  const last = session?.lastSeq ?? 0
  if (readSeq >= last) return { count: 0, certain: true }
  const first = messages[0]?.seq ?? last + 1
  if (first <= readSeq + 1 && messages.at(-1)?.seq === last) {
    const unread = messages.filter(
      ({ seq, senderId, recalled }) => seq > readSeq && senderId !== me && !recalled,
    )
    return { count: unread.length, certain: true }
  }
  const hidden = hiddenTombstones(state, me)
  return {
    count: Math.max(0, unreadAtLeast(state, me, readSeq) - hidden),
    certain: hidden === 0 || (counted !== null && readSeqOf(counted, me) === readSeq),
  }
}
