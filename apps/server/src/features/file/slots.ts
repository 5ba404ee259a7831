import { Failure } from '@parley/contracts'
import type { Caller } from '@parley/core'

/** Uploads that come in at a time; who brings another one is told to come again. */
const ALL_AT_ONCE = 64
const OF_ONE_PERSON = 4
const COME_AGAIN_SECONDS = 5

/** How many uploads may be under way, so that they can use up neither the disk nor the sockets. */
export class Slots {
  #taken = 0
  readonly #ofEach = new Map<string, number>()

  async during<T>(caller: Caller, work: () => Promise<T>): Promise<T> {
    const who = caller.kind === 'person' ? caller.userId : null
    const own = who === null ? 0 : (this.#ofEach.get(who) ?? 0)
    if (this.#taken >= ALL_AT_ONCE || own >= OF_ONE_PERSON)
      throw new Failure('rate_limited', { seconds: COME_AGAIN_SECONDS })
    this.#count(who, 1)
    try {
      return await work()
    } finally {
      this.#count(who, -1)
    }
  }

  #count(who: string | null, by: 1 | -1): void {
    this.#taken += by
    if (who === null) return
    const count = (this.#ofEach.get(who) ?? 0) + by
    if (count === 0) this.#ofEach.delete(who)
    else this.#ofEach.set(who, count)
  }
}
