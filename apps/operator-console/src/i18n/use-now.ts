import { useSyncExternalStore } from 'react'

/** One timer for all that tick at the same pace; it runs only while somebody looks. */
function createTicker(everyMs: number) {
  const listeners = new Set<() => void>()
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    now = Date.now()
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener: () => void) {
      if (listeners.size === 0) {
        now = Date.now()
        timer = setInterval(tick, everyMs)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) clearInterval(timer)
      }
    },
    getSnapshot: () => now,
  }
}

const seconds = createTicker(1000)
const halfMinutes = createTicker(30_000)

/** The time, told again every second. */
export const useSeconds = (): number => useSyncExternalStore(seconds.subscribe, seconds.getSnapshot)

/** The time, told again every half minute: enough for "4 m". */
export const useMinutes = (): number => useSyncExternalStore(halfMinutes.subscribe, halfMinutes.getSnapshot)
