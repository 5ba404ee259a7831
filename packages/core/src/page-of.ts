import type { Pagination } from '@parley/contracts'

interface Wish {
  readonly page: number
  readonly limit: number
}

/** How many items come before the page. */
export const skipOf = ({ page, limit }: Wish): number => (page - 1) * limit

/** One page of a list that has `total` in all. */
export const pageOf = <Item>(
  items: readonly Item[],
  total: number,
  { page, limit }: Wish,
): { items: Item[]; pagination: Pagination } => ({
  items: [...items],
  pagination: { page, limit, total, totalPages: Math.ceil(total / limit) },
})
