import { type Kept, type KeptRequest, TOKEN_KEY } from '../bridge/protocol.ts'
import { attempt } from './attempt.ts'

export interface KeptHere {
  /** `undefined`: the page's storage refuses; the SDK then keeps it in memory. */
  answer(request: KeptRequest): Kept | undefined
  token(): string | null
  clear(): void
  /** What another tab changes: the token, or something else. */
  watch(token: (value: string | null) => void, other: () => void, signal: AbortSignal): void
}

/** The page's `localStorage` under `prefix`. The mere look at it may throw. */
export function keptHere(prefix: string): KeptHere {
  const keys = (start: string) =>
    Object.keys(localStorage).flatMap(key => (key.startsWith(prefix + start) ? key.slice(prefix.length) : []))
  const asked = ([ask, key, value = '']: KeptRequest) =>
    ask === 'keys' ? keys(key) : (localStorage[ask](prefix + key, value) ?? null)
  const answer = (request: KeptRequest) => attempt(() => asked(request))
  return {
    answer,
    token: () => answer(['getItem', TOKEN_KEY]) as string | null,
    clear() {
      attempt(() => {
        for (const key of keys('')) asked(['removeItem', key])
      })
    },
    watch(token, other, signal) {
      const heard = ({ key, newValue }: StorageEvent) => {
        // No key: all is gone.
        if (key === null || key === prefix + TOKEN_KEY) token(newValue)
        else if (key.startsWith(prefix)) other()
      }
      addEventListener('storage', heard, { signal })
    },
  }
}
