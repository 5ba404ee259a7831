import type { Session } from '@parley/contracts'
import { useParley } from '@parley/sdk/react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useAction } from '../../ui/use-action.ts'

const PAGE_SIZE = 50

export interface HistoryFilter {
  readonly operatorId: string | null
}

/** Ended sessions, newest first, a page at a time. One that ends while they are looked at comes in at the top. */
export function useHistory({ operatorId }: HistoryFilter) {
  const client = useParley()
  const [sessions, setSessions] = useState<readonly Session[]>([])
  const [next, setNext] = useState<number | null>(1)

  const load = useAction(async (page: number) => {
    const answer = await client.call('session.history', {
      page,
      limit: PAGE_SIZE,
      ...(operatorId !== null && { operatorId }),
    })
    setSessions(before => joined(page === 1 ? [] : before, answer.items))
    setNext(page < answer.pagination.totalPages ? page + 1 : null)
  })

  const { run } = load
  useEffect(() => {
    void run(1)
  }, [run])

  useEffect(
    () =>
      client.on('ended', ({ session }) => {
        if (operatorId === null || session.operatorId === operatorId)
          setSessions(before => joined([session], before))
      }),
    [client, operatorId],
  )

  const loadMore = useCallback(() => {
    if (next !== null) void run(next)
  }, [next, run])

  return useMemo(
    () => ({ sessions, more: next !== null, loading: load.pending, error: load.error, loadMore }),
    [sessions, next, load.pending, load.error, loadMore],
  )
}

/** Pages shift while sessions end, so a session may be answered twice: it is shown once. */
function joined(first: readonly Session[], then: readonly Session[]): Session[] {
  const known = new Set(first.map(session => session.id))
  return [...first, ...then.filter(session => !known.has(session.id))]
}
