import type { User } from '@parley/contracts'
import type { ParleyClient } from '@parley/sdk'
import { useParley } from '@parley/sdk/react'
import { useEffect, useState } from 'react'
import { useReconnected } from '../../client/use-reconnected.ts'

/** Colleagues first, whoever else there is behind them. */
const ROLES = ['operator', 'admin', 'doctor', 'nurse', 'user'] as const
const MOST = 100

async function find(client: ParleyClient, search: string): Promise<readonly User[]> {
  const input = search === '' ? { limit: MOST } : { limit: MOST, search }
  const pages = await Promise.all(ROLES.map(role => client.users.list({ ...input, role })))
  return pages.flatMap(({ items }) => items).filter(({ isActive }) => isActive)
}

/** People whose name has this in it, staff first. What was found stays until there is something newer. */
export function usePeople(search: string) {
  const client = useParley()
  const [people, setPeople] = useState<readonly User[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round is the same question again
  useEffect(() => {
    let wanted = true
    const take =
      <T>(set: (value: T) => void) =>
      (value: T) =>
        wanted && set(value)
    setError(null)
    find(client, search.trim()).then(take(setPeople), take(setError))
    return () => {
      wanted = false
    }
  }, [client, search, round])
  const again = () => setRound(round + 1)
  useReconnected(() => error !== null && again())
  return { people, error, again }
}
