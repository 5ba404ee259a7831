import type { Clock } from '../environment.ts'

interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** Time that moves only when told to. */
export function createSimClock(start = Date.parse('2026-01-01T00:00:00.000Z')) {
  let now = start
  const timers = new Set<Timer>()
  const next = (until: number) =>
    [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0] ?? null

  const clock: Clock = {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
  return {
    clock,
    pending: () => timers.size,
    /** Moves on, timer by timer; whatever each has begun gets as far as it can without time. */
    async advance(ms: number): Promise<void> {
      const until = now + ms
      await settle()
      for (let timer = next(until); timer; timer = next(until)) {
        timers.delete(timer)
        now = Math.max(now, timer.at)
        timer.callback()
        await settle()
      }
      now = until
    },
  }
}

export type SimClock = ReturnType<typeof createSimClock>

const turn = () =>
  new Promise<void>(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })

/** Lets everything that waits for nothing but its turn take it: promises, and the body of a `Response`. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 8; turns++) await turn()
}
