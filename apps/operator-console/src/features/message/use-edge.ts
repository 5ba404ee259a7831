import { useEffect } from 'react'
import { useReconnected } from '../../client/use-reconnected.ts'
import { useAction } from '../../ui/use-action.ts'

/** Asks for more as an end of what is loaded comes near; after a failure on request, or when the connection is back. */
export function useEdge(near: boolean, loading: boolean, load: () => Promise<void>) {
  const more = useAction(load)
  const failed = more.error !== null
  const { run } = more
  useEffect(() => {
    if (near && !loading && !failed) void run()
  }, [near, loading, failed, run])
  useReconnected(() => failed && void run())
  return more
}
