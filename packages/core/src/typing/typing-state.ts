import { TYPING_LASTS_MS } from '@parley/contracts'
import type { Clock } from '../ports/clock.ts'

/** Clients repeat themselves; the others hear it at most this often while nothing changes. Milliseconds. */
const TYPING_EVERY_MS = 1000

const keyOf = (sessionId: string, userId: string) => `${sessionId}/${userId}`

/** Who was last said to be writing where: to say again only what is news. Forgotten as readers forget it. */
export class TypingState {
  private readonly told = new Map<string, { readonly userId: string; readonly at: number }>()
  private readonly clock: Clock

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Is this to be told? If so, it counts as told. */
  isNews(sessionId: string, userId: string, isTyping: boolean): boolean {
    const key = keyOf(sessionId, userId)
    const now = this.clock.now()
    this.forgetOld(now)
    if (!isTyping) return this.told.delete(key)
    const told = this.told.get(key)
    if (told && now - told.at < TYPING_EVERY_MS) return false
    this.told.delete(key)
    this.told.set(key, { userId, at: now })
    return true
  }

  /** A message says it: nobody needs to be told. */
  wrote(sessionId: string, userId: string): void {
    this.told.delete(keyOf(sessionId, userId))
  }

  /** The person has no connection here any more. */
  gone(userId: string): void {
    for (const [key, told] of this.told) if (told.userId === userId) this.told.delete(key)
  }

  size(): number {
    return this.told.size
  }

  /** Longest ago first, because a key is put in again at the end whenever it is told. */
  private forgetOld(now: number): void {
    for (const [key, { at }] of this.told) {
      if (now - at < TYPING_LASTS_MS) return
      this.told.delete(key)
    }
  }
}
