import type { PersonCard } from '@parley/contracts'
import { visibleName } from '@parley/design/names'
import type { Observable, ParleyClient } from '@parley/sdk'
import { useObservable, useParley } from '@parley/sdk/react'
import { useMemo } from 'react'

type Cards = ReadonlyMap<string, PersonCard | null>

/** Several people as one observable: the same map until one of them changes. */
function observed(client: ParleyClient, ids: readonly string[]): Observable<Cards> {
  const persons = ids.map(id => [id, client.person(id)] as const)
  let cards: Cards = new Map()
  const isSame = () =>
    persons.every(([id, person]) => cards.has(id) && cards.get(id) === person.getSnapshot())
  return {
    subscribe(listener) {
      const leaves = persons.map(([, person]) => person.subscribe(listener))
      return () => {
        for (const leave of leaves) leave()
      }
    },
    getSnapshot() {
      if (!isSame()) cards = new Map(persons.map(([id, person]) => [id, person.getSnapshot()]))
      return cards
    },
  }
}

export interface Persons {
  card(userId: string): PersonCard | null
  /** The id of one whose name nobody knows. */
  name(userId: string): string
}

/** Names and pictures of all these, and, of others, what `known` says. */
export function usePersons(ids: Iterable<string>, known: readonly PersonCard[] = []): Persons {
  const client = useParley()
  const key = JSON.stringify([...new Set(ids)].sort())
  const cards = useObservable(useMemo(() => observed(client, JSON.parse(key) as string[]), [client, key]))
  return useMemo(() => {
    const card = (userId: string) => cards.get(userId) ?? known.find(({ id }) => id === userId) ?? null
    return { card, name: userId => visibleName(card(userId)?.name) ?? userId }
  }, [cards, known])
}
