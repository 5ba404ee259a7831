import type { Observable } from '../types.ts'
import { createView, type View } from './observable.ts'

/** One observable for each key, the same each time it is asked for. */
export function createByKey<T>(build: (key: string) => T, onUse?: (key: string, used: boolean) => void) {
  const views = new Map<string, View<T>>()
  return {
    of(key: string): Observable<T> {
      const known =
        views.get(key) ??
        createView(
          () => build(key),
          used => onUse?.(key, used),
        )
      views.set(key, known)
      return known
    },
    changed(key: string) {
      views.get(key)?.changed()
    },
    allChanged() {
      for (const view of views.values()) view.changed()
    },
  }
}
