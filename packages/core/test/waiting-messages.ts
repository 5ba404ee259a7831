import { storeWith } from '../src/delivery/announcing-store.ts'
import type { Store } from '../src/ports/store.ts'
import type { SimClock } from '../src/testing/sim/clock.ts'
import { aMessage } from './happenings.ts'

/** A store whose inbox and messages are read slowly, there and back. */
export function slowed(inner: Store, clock: SimClock, ms: number): Store {
  const late =
    <A extends unknown[], R>(ask: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await clock.sleep(ms)
      const answer = await ask(...args)
      await clock.sleep(ms)
      return answer
    }
  return storeWith(inner, { inbox: late(inner.inbox), messages: late(inner.messages) })
}

/** A store in which so many messages wait for ana that holding them all would be the point. */
export function manyMessages(inner: Store, sessions: number, each: number) {
  let given = 0
  let reads = 0
  let atOnce = 0
  const entries = Array.from({ length: sessions }, (_, n) => ({
    ...{ sessionId: `many-${String(n).padStart(4, '0')}`, lastChange: each, lastSeq: each },
    ...{ joinedChange: 0, visibleAfterSeq: 0, deliveredSeq: 0 },
  }))
  const blank = aMessage(0, { senderId: 'ben' })
  const nth = (sessionId: string, seq: number) => ({ ...blank, id: `m${seq}`, sessionId, seq, change: seq })
  const instead: Partial<Store> = {
    inbox: (userId, range) => {
      if (userId !== 'ana') return inner.inbox(userId, range)
      const isAsked = ({ sessionId }: { sessionId: string }) =>
        range.kind === 'some' ? range.sessionIds.includes(sessionId) : sessionId > (range.sessionId ?? '')
      return Promise.resolve(entries.filter(isAsked).slice(0, range.kind === 'some' ? sessions : range.limit))
    },
    messages: (sessionId, range, visibleAfterSeq) => {
      if (!sessionId.startsWith('many') || range.kind !== 'after')
        return inner.messages(sessionId, range, visibleAfterSeq)
      reads++
      const count = Math.min(range.limit, each - range.seq)
      given += count
      atOnce = count
      const items = Array.from({ length: count }, (_, n) => nth(sessionId, range.seq + n + 1))
      return Promise.resolve({ items, total: each })
    },
  }
  return {
    store: storeWith(inner, instead),
    given: () => given,
    reads: () => reads,
    atOnce: () => atOnce,
  }
}
