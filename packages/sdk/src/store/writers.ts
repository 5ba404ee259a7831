import type { Clock } from '../environment.ts'
import { TYPING_LASTS_MS } from '../protocol.ts'
import type { Writer } from '../types.ts'

/** Who is writing: told again every few seconds, and forgotten when it is not. */
export function createWriters(clock: Clock, changed: () => void) {
  let writers: readonly Writer[] = []
  const timers = new Map<string, () => void>()
  const stopped = (userId: string) => {
    timers.get(userId)?.()
    if (!timers.delete(userId)) return
    writers = writers.filter(writer => writer.userId !== userId)
    changed()
  }
  return {
    all: () => writers,
    stopped,
    writes(writer: Writer) {
      const known = timers.get(writer.userId)
      known?.()
      timers.set(
        writer.userId,
        clock.after(TYPING_LASTS_MS, () => stopped(writer.userId)),
      )
      if (known) return
      writers = [...writers, writer]
      changed()
    },
    clear() {
      for (const userId of [...timers.keys()]) stopped(userId)
    },
  }
}

/** Says at most so often that the caller writes. Milliseconds. */
const SAY_EVERY_MS = TYPING_LASTS_MS / 2

export function createTypist(clock: Clock, say: (isTyping: boolean) => void) {
  let saidAt = Number.NEGATIVE_INFINITY
  return {
    typing(on: boolean) {
      const now = clock.now()
      if (on && now - saidAt >= SAY_EVERY_MS) {
        saidAt = now
        say(true)
      } else if (!on && now - saidAt < TYPING_LASTS_MS) {
        saidAt = Number.NEGATIVE_INFINITY
        say(false)
      }
    },
    /** A message has gone: readers take that as the end of writing. */
    sent() {
      saidAt = Number.NEGATIVE_INFINITY
    },
  }
}
