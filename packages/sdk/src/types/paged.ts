import type { ParleyError } from '../errors.ts'
import type { Observable } from './basics.ts'

export interface PagedSnapshot<T> {
  readonly items: readonly T[]
  /** May be more than `items` holds. */
  readonly total: number
  readonly hasMore: boolean
  /** The first page is on its way, and nothing is shown yet. */
  readonly loading: boolean
  readonly loadingMore: boolean
  readonly error: ParleyError | null
}

/** A list that is loaded page by page, from the first subscription on. */
export interface Paged<T> extends Observable<PagedSnapshot<T>> {
  /** The next page, or again the one that failed; nothing while one is on its way, or when there are no more. Failures are in the snapshot. */
  loadMore(): Promise<void>
  /** Asks for the first page again; what is shown stays until it is there. */
  refresh(): Promise<void>
}
