import type { CallArguments, CallOutput, RestOperation } from '@parley/sdk'
import { useParley } from '@parley/sdk/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useReconnected } from './use-reconnected.ts'

export interface Loaded<T> {
  readonly data: T | null
  readonly loading: boolean
  readonly error: unknown
  /** Asks again; what is there stays while it waits. */
  reload(): void
  /** Takes an answer that another call has given. */
  replace(data: T): void
}

/** What a query answers. One that failed is asked again when the connection is back. */
export function useCall<N extends RestOperation>(
  operation: N,
  ...input: CallArguments<N>
): Loaded<CallOutput<N>> {
  const client = useParley()
  const [data, setData] = useState<CallOutput<N> | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [loading, setLoading] = useState(true)
  const newest = useRef(0)
  const asked = JSON.stringify(input)

  const load = useCallback(async () => {
    newest.current += 1
    const mine = newest.current
    const wanted = () => mine === newest.current
    setLoading(true)
    setError(null)
    try {
      const answer = await client.call(operation, ...(JSON.parse(asked) as CallArguments<N>))
      if (wanted()) setData(() => answer)
    } catch (failure) {
      if (wanted()) setError(failure)
    } finally {
      if (wanted()) setLoading(false)
    }
  }, [client, operation, asked])

  useEffect(() => {
    void load()
    return () => {
      newest.current += 1
    }
  }, [load])
  const reload = () => void load()
  useReconnected(() => error !== null && reload())

  return { data, loading, error, reload, replace: answer => setData(() => answer) }
}
