import type { FrameId } from './frame.ts'
import { Recent } from './recent.ts'

/** An event of an answered message that has not come by then is not heard here, or was long ago. Milliseconds. */
const PATIENCE_MS = 300
/** Own messages that were told, or need not be told any more, so many of each at the most. */
const REMEMBERED = 128
/** What waits behind an own message while calls are under way, at the most. */
const HELD_MAX = 1000

/** The answer to a call that has made a message. */
export interface EchoAnswer {
  readonly messageId: string
  /** The call's own. */
  readonly id: FrameId | null
  /** Sends the reply itself. */
  readonly reply: () => void
  /** Sends what comes after the reply. */
  readonly follow: () => void
}

interface Write {
  /** The own message that it tells of; null: anything else. */
  readonly messageId: string | null
  readonly send: (id: FrameId | null) => void
}

/**
 * A sender hears of its message once, in the session's order, and on the connection that called with the call's id. The
 * event mostly comes before the call's answer says which message it was. So while such calls are under way
 *
 * 1. an own message waits, and what comes after it, until it is known to be an answer, or no call is left that it
 *    could answer;
 * 2. an answer waits for its event, which keeps the order;
 * 3. an answer whose event was told before (the call was a repeat), or does not come, is sent by itself. Should the
 *    event come after all, it is left out.
 */
export class Echoes {
  #underWay = 0
  #held: Write[] = []
  readonly #awaited = new Map<string, { readonly answer: EchoAnswer; readonly timer: NodeJS.Timeout }>()
  readonly #told = new Recent(REMEMBERED)
  readonly #answered = new Recent(REMEMBERED)

  /** A call begins that may make a message. */
  begin(): void {
    this.#underWay += 1
  }

  /** It has ended; null: without a message. */
  end(answer: EchoAnswer | null): void {
    this.#underWay -= 1
    if (answer) this.#await(answer)
    this.#release()
  }

  write(messageId: string | null, send: Write['send']): void {
    const write = { messageId, send }
    if (this.#held.length === 0 && !this.#mustWait(messageId)) {
      this.#tell(write)
      return
    }
    this.#held.push(write)
    if (this.#held.length > HELD_MAX) for (const held of this.#held.splice(0)) this.#tell(held)
  }

  /** The connection has ended. */
  stop(): void {
    for (const { timer } of this.#awaited.values()) clearTimeout(timer)
    this.#awaited.clear()
    this.#held = []
  }

  #await(answer: EchoAnswer): void {
    const { messageId } = answer
    if (this.#told.has(messageId) || this.#awaited.has(messageId)) {
      alone(answer)
      return
    }
    const timer = setTimeout(() => this.#giveUp(answer), PATIENCE_MS)
    timer.unref()
    this.#awaited.set(messageId, { answer, timer })
  }

  #giveUp(answer: EchoAnswer): void {
    this.#awaited.delete(answer.messageId)
    this.#answered.add(answer.messageId)
    alone(answer)
    this.#release()
  }

  #release(): void {
    let count = 0
    for (const { messageId } of this.#held) {
      if (this.#mustWait(messageId)) break
      count += 1
    }
    for (const write of this.#held.splice(0, count)) this.#tell(write)
  }

  #mustWait(messageId: string | null): boolean {
    if (messageId === null || this.#underWay === 0) return false
    return !this.#awaited.has(messageId) && !this.#answered.has(messageId)
  }

  #tell({ messageId, send }: Write): void {
    if (messageId === null) {
      send(null)
      return
    }
    if (this.#answered.delete(messageId)) return
    const awaited = this.#awaited.get(messageId)
    this.#told.add(messageId)
    send(awaited?.answer.id ?? null)
    if (!awaited) return
    clearTimeout(awaited.timer)
    this.#awaited.delete(messageId)
    awaited.answer.follow()
  }
}

function alone({ reply, follow }: EchoAnswer): void {
  reply()
  follow()
}
