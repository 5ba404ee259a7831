/** `gone`: it has left the list, but its row stays until the pointer does. */
export interface FrozenRow<T> {
  readonly key: string
  readonly item: T
  readonly gone: boolean
}

export interface Keyed {
  readonly id: string
}

export const rowsOf = <T extends Keyed>(items: readonly T[]): FrozenRow<T>[] =>
  items.map(item => ({ key: item.id, item, gone: false }))

/** Every row stays where it is and shows what is new about it; what has come since is added at the end. */
export function frozenRows<T extends Keyed>(
  shown: readonly FrozenRow<T>[],
  items: readonly T[],
): FrozenRow<T>[] {
  const present = new Map(items.map(item => [item.id, item]))
  const kept = shown.map(row => {
    const item = present.get(row.key)
    present.delete(row.key)
    return item ? { key: row.key, item, gone: false } : { ...row, gone: true }
  })
  return [...kept, ...rowsOf([...present.values()])]
}
