import { Failure } from '@parley/contracts'

/**
 * Transports of one address that have shaken hands and not gone on to connect. Whoever connects does so within a round
 * trip, so that thousands behind one address never come near this, not even when all of them come back at once.
 */
export const PENDING_MAX = 2000
/** One that has waited so long makes room for another. Milliseconds. */
const PATIENCE_MS = 2000

interface Transport {
  close(discard: boolean): void
}

export class PendingHandshakes {
  readonly #max: number
  readonly #now: () => number
  /** Since when each waits, by address, the oldest first. */
  readonly #waiting = new Map<string, Map<Transport, number>>()

  constructor(max: number, now: () => number = () => performance.now()) {
    this.#max = max
    this.#now = now
  }

  /** Before a handshake: the address has room for it, or is told to come again. */
  makeRoom(address: string): void {
    const waiting = this.#waiting.get(address)
    if (!waiting || waiting.size < this.#max) return
    const [oldest] = waiting
    if (!oldest || this.#now() - oldest[1] < PATIENCE_MS) throw new Failure('rate_limited', { seconds: 1 })
    this.over(address, oldest[0])
    oldest[0].close(true)
  }

  begun(address: string, transport: Transport): void {
    const waiting = this.#waiting.get(address) ?? new Map<Transport, number>()
    this.#waiting.set(address, waiting.set(transport, this.#now()))
  }

  /** It has connected, or is gone. */
  over(address: string, transport: Transport): void {
    const waiting = this.#waiting.get(address)
    waiting?.delete(transport)
    if (waiting?.size === 0) this.#waiting.delete(address)
  }

  size(): number {
    return [...this.#waiting.values()].reduce((sum, waiting) => sum + waiting.size, 0)
  }
}
