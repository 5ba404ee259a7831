import type { Message } from '../contract-types.ts'
import type { Search, SearchInput } from '../types.ts'
import type { Core } from './core.ts'
import { createPaged } from './paged.ts'

const PAGE = 20

/** Each page hangs on the message before it, so that what is written meanwhile shifts nothing. */
export function createSearch(
  core: Core,
  { keyword, sessionId }: SearchInput,
  onRecalled: (listener: (messageId: string) => void) => () => void,
): Search {
  let stop: (() => void) | null = null
  const blank = !keyword.trim()
  const nothing = { page: 1, limit: PAGE, total: 0, totalPages: 0 }
  let total = 0
  const paged = createPaged<Message>({
    keyOf: ({ id }) => id,
    async fetch(page, last) {
      if (blank) return { items: [], pagination: nothing }
      const before = last ? { before: last.id } : {}
      const { items, pagination } = await core.call('message.search', {
        keyword,
        limit: PAGE,
        ...(sessionId !== undefined && { sessionId }),
        ...before,
      })
      if (page === 1) total = pagination.total
      // With `before`, the total is of what is left.
      const totalPages = items.length < PAGE ? page : page + 1
      return { items, pagination: { ...pagination, page, total, totalPages } }
    },
    onUse(used) {
      stop?.()
      stop = used ? onRecalled(messageId => paged.filter(({ id }) => id !== messageId)) : null
    },
  })
  return paged
}
