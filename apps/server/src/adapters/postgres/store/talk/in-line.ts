export type InLine = <T>(key: string, work: () => Promise<T>) => Promise<T>

/**
 * Of works with one key one at a time, in the order they came. What would wait in the database for one row, or one pair,
 * waits here: there each would keep a connection that all others need, too.
 */
export function createLines(): InLine {
  const last = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work)
    const over = turn
      .catch(() => undefined)
      .then(() => {
        if (last.get(key) === over) last.delete(key)
      })
    last.set(key, over)
    return turn
  }
}
