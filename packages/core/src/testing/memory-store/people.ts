import type { PeopleFilter, PeopleStore, Sight } from '../../ports/store/people-store.ts'
import { hasAccount, nameOf } from './person-rows.ts'
import { isConnected, isoTime, type PersonRow, presentPart, presentParts, type State } from './state.ts'
import type { Sync } from './sync.ts'
import { presenceOf, statusOfPerson, toUser } from './user-entity.ts'

export const people = (state: State): Sync<PeopleStore> => ({
  people(sight, filter, { limit, skip }, withContacts) {
    const inSight = sees(state, sight)
    const found = [...state.people.values()]
      .filter(person => inSight(person) && fits(state, person, filter))
      .sort(byName)
    const items = found.slice(skip, skip + limit).map(person => toUser(state, person, withContacts))
    return { items, total: found.length }
  },
  peopleById(ids, sight, withContacts) {
    const inSight = sees(state, sight)
    return ids.flatMap(id => {
      const person = state.people.get(id)
      return person && inSight(person) ? [toUser(state, person, withContacts)] : []
    })
  },
  peersOf: (userId, limit) => [...peersOf(state, userId)].filter(id => id !== userId).slice(0, limit),
  participants(sessionId, { limit, skip }, withContacts) {
    const session = state.sessions.get(sessionId)
    const found = (session ? presentParts(session) : [])
      .sort((a, b) => a.joinedAt - b.joinedAt)
      .flatMap(({ userId, role, joinedAt }) => {
        const person = state.people.get(userId)
        return person
          ? [{ user: toUser(state, person, withContacts), role, joinedAt: isoTime(joinedAt) }]
          : []
      })
    return { items: found.slice(skip, skip + limit), total: found.length }
  },
  choosePresence(userId, status) {
    const person = state.people.get(userId)
    if (person && isConnected(state, userId)) person.chosenPresence = status === 'online' ? null : status
  },
  presence: userIds =>
    userIds.flatMap(userId => {
      const person = state.people.get(userId)
      return person ? [{ userId, role: person.role, ...presenceOf(state, person) }] : []
    }),
})

function sees(state: State, sight: Sight): (person: PersonRow) => boolean {
  switch (sight.kind) {
    case 'all':
      return () => true
    case 'accounts':
      return person => person.isActive && hasAccount(person)
    case 'peers': {
      const peers = peersOf(state, sight.of)
      return ({ id, isActive }) => isActive && peers.has(id)
    }
  }
}

/** Itself, its friends, and with whom it shares a private or group session. */
function peersOf(state: State, userId: string): Set<string> {
  const shared = [...state.sessions.values()].filter(
    session => session.type !== 'support' && presentPart(session, userId),
  )
  return new Set([
    userId,
    ...(state.friends.get(userId)?.keys() ?? []),
    ...shared.flatMap(session => presentParts(session).map(part => part.userId)),
  ])
}

const fits = (state: State, person: PersonRow, { search, role, online }: PeopleFilter): boolean =>
  (role === undefined || person.role === role) &&
  (!online || statusOfPerson(state, person) !== 'offline') &&
  (search === undefined || isNamed(person, search.toLowerCase()))

const isNamed = ({ realName, nickname, username }: PersonRow, part: string): boolean =>
  [realName, nickname, username].some(name => name?.toLowerCase().includes(part))

const sortName = (person: PersonRow): string => (nameOf(person) ?? person.username ?? '').toLowerCase()

const byName = (a: PersonRow, b: PersonRow): number =>
  compare(sortName(a), sortName(b)) || compare(a.id, b.id)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
