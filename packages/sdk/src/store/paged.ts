import type { Pagination } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import type { Paged, PagedSnapshot } from '../types.ts'
import { createView } from './observable.ts'

export interface Page<T> {
  readonly items: readonly T[]
  readonly pagination: Pagination
}

export interface PagedDeps<T> {
  /** `last`: the last item that is here, for lists whose pages hang on it. */
  fetch(page: number, last: T | null): Promise<Page<T>>
  readonly keyOf: (item: T) => string
  readonly onUse?: (used: boolean) => void
}

export interface LivePaged<T> extends Paged<T> {
  /** Shows only what `keep` is true of, from now on. */
  filter(keep: (item: T) => boolean): void
  reset(): void
}

/** A list over REST, page by page. What a page repeats, because something came in between, is shown once. */
export function createPaged<T>({ fetch, keyOf, onUse }: PagedDeps<T>): LivePaged<T> {
  let items: ReadonlyMap<string, T> = new Map()
  let total = 0
  let page = 0
  let done = false
  let error: ParleyError | null = null
  let under: Promise<void> | null = null
  /** What was asked before a reset is not wanted any more. */
  let round = 0

  const view = createView<PagedSnapshot<T>>(
    () => ({
      items: [...items.values()],
      total: Math.max(total, items.size),
      hasMore: page > 0 && !done,
      loading: page === 0 && !error,
      loadingMore: under !== null && page > 0,
      error,
    }),
    used => {
      onUse?.(used)
      if (used && page === 0) void load(1)
    },
  )

  const take = (number: number, { items: found, pagination }: Page<T>) => {
    items = new Map([
      ...(number === 1 ? [] : items),
      ...found.map((item): [string, T] => [keyOf(item), item]),
    ])
    total = pagination.total
    page = number
    done = number >= pagination.totalPages
    error = null
  }

  const ask = async (number: number) => {
    const mine = round
    try {
      const last = number === 1 ? null : ([...items.values()].at(-1) ?? null)
      const answer = await fetch(number, last)
      if (mine === round) take(number, answer)
    } catch (reason) {
      if (mine === round) error = ParleyError.of(reason)
    }
    if (mine === round) under = null
    view.changed()
  }

  const load = (number: number) => {
    under ??= ask(number)
    view.changed()
    return under
  }

  return {
    subscribe: view.subscribe,
    getSnapshot: view.getSnapshot,
    loadMore: async () => {
      if (!done) await load(page + 1)
    },
    refresh: () => load(1),
    filter(keep) {
      const kept = [...items].filter(([, item]) => keep(item))
      if (kept.length === items.size) return
      total -= items.size - kept.length
      items = new Map(kept)
      view.changed()
    },
    reset() {
      round += 1
      under = null
      items = new Map()
      page = 0
      done = false
      error = null
      view.changed()
    },
  }
}
