import { useCallback, useEffect, useRef, useState } from 'react'

export type ActionState =
  | { readonly status: 'ready' }
  | { readonly status: 'pending' }
  | { readonly status: 'failed'; readonly error: unknown }

const READY: ActionState = { status: 'ready' }

/**
 * Something that needs the server: waits visibly, and says what went wrong. `run` resolves with whether it worked, and
 * does nothing while one is under way.
 */
export function useAction<A extends readonly unknown[]>(
  act: (...input: A) => Promise<unknown>,
  onError: (error: unknown) => void = () => undefined,
) {
  const [state, setState] = useState<ActionState>(READY)
  const newest = useRef({ act, onError })
  const busy = useRef(false)
  useEffect(() => {
    newest.current = { act, onError }
  })
  const run = useCallback(async (...input: A): Promise<boolean> => {
    if (busy.current) return false
    busy.current = true
    setState({ status: 'pending' })
    try {
      await newest.current.act(...input)
      setState(READY)
      return true
    } catch (error) {
      setState({ status: 'failed', error })
      newest.current.onError(error)
      return false
    } finally {
      busy.current = false
    }
  }, [])
  const reset = useCallback(() => setState(READY), [])
  return { run, reset, state, pending: state.status === 'pending', error: errorOf(state) }
}

const errorOf = (state: ActionState): unknown => (state.status === 'failed' ? state.error : null)
