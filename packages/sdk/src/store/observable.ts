import type { Observable } from '../types.ts'

export interface Source<T> extends Observable<T> {
  set(next: T): void
}

/** A listener that throws must not keep the others from hearing: its error goes to the page's own error handler. */
export function tellAll<A extends unknown[]>(listeners: Iterable<(...args: A) => void>, ...args: A): void {
  for (const listener of [...listeners]) {
    try {
      listener(...args)
    } catch (error) {
      queueMicrotask(() => {
        throw error
      })
    }
  }
}

/** `onUse` hears when the first subscriber comes and when the last has gone. */
function createListeners(onUse?: (used: boolean) => void) {
  const listeners = new Set<() => void>()
  return {
    listeners,
    subscribe(listener: () => void) {
      // Its own function, so that the same listener may subscribe twice.
      const own = () => listener()
      listeners.add(own)
      if (listeners.size === 1) onUse?.(true)
      return () => {
        if (listeners.delete(own) && listeners.size === 0) onUse?.(false)
      }
    },
  }
}

export function createSource<T>(initial: T): Source<T> {
  const { listeners, subscribe } = createListeners()
  let value = initial
  return {
    subscribe,
    getSnapshot: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      tellAll(listeners)
    },
  }
}

export interface View<T> extends Observable<T> {
  /** What `build` reads has changed. */
  changed(): void
}

/** A snapshot that is built when it is looked at. */
export function createView<T>(build: () => T, onUse?: (used: boolean) => void): View<T> {
  const { listeners, subscribe } = createListeners(onUse)
  let built: { readonly value: T } | null = null
  return {
    subscribe,
    getSnapshot() {
      built ??= { value: build() }
      return built.value
    },
    changed() {
      built = null
      tellAll(listeners)
    },
  }
}
