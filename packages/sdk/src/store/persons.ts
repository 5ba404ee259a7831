import type { Friend, PersonCard, Session, User } from '../contract-types.ts'
import type { Core } from './core.ts'
import { createByKey } from './live-map.ts'

/** What a person is called: its friend's word for it before its own. */
export const nameOf = (person: User | Friend): string | null =>
  ('remark' in person ? person.remark : null) ?? person.nickname ?? person.realName ?? person.username

const cardOf = (person: User | Friend): PersonCard => ({
  id: person.id,
  name: nameOf(person),
  avatar: person.avatar,
})

const same = (a: PersonCard | undefined, b: PersonCard) => a?.name === b.name && a.avatar === b.avatar

/** Names and pictures, from whatever has told them. */
export function createPersons(core: Core) {
  const cards = new Map<string, PersonCard>()
  /** Whom the caller calls by its own word: no other name counts for them. */
  const friends = new Map<string, PersonCard>()
  const asked = new Set<string>()

  const now = (userId: string) => friends.get(userId) ?? cards.get(userId) ?? null
  const byId = createByKey(now, (userId, used) => {
    if (used && !now(userId)) void ask(userId)
  })

  const put = (into: Map<string, PersonCard>, card: PersonCard) => {
    if (same(into.get(card.id), card)) return
    into.set(card.id, card)
    byId.changed(card.id)
  }

  const ask = async (userId: string) => {
    if (asked.has(userId)) return
    asked.add(userId)
    const user = await core.call('user.get', { userId }).catch(() => null)
    if (user) put(cards, cardOf(user))
    else asked.delete(userId)
  }

  return {
    of: byId.of,
    now,
    told(people: readonly User[]) {
      for (const person of people) put(cards, cardOf(person))
    },
    toldOf({ people, operator }: Session) {
      for (const card of people) put(cards, card)
      if (operator) put(cards, operator)
    },
    /** All there are. */
    friends(all: readonly Friend[]) {
      const ids = new Set(all.map(({ id }) => id))
      for (const friend of all) put(friends, cardOf(friend))
      for (const id of [...friends.keys()]) {
        if (ids.has(id)) continue
        friends.delete(id)
        byId.changed(id)
      }
    },
    reset() {
      cards.clear()
      friends.clear()
      asked.clear()
      byId.allChanged()
    },
  }
}

export type Persons = ReturnType<typeof createPersons>
