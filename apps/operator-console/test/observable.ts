import type { Observable } from '@parley/sdk'

export interface Settable<T> extends Observable<T> {
  set(value: T): void
  /** How many look at it now. */
  listeners(): number
}

export function settable<T>(initial: T): Settable<T> {
  const listeners = new Set<() => void>()
  let value = initial
  return {
    set(next) {
      value = next
      for (const listener of [...listeners]) listener()
    },
    listeners: () => listeners.size,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => value,
  }
}
