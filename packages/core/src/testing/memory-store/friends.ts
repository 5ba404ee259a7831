import { FRIENDS_MAX, type Friend, type FriendRequest } from '@parley/contracts'
import {
  type AskRequest,
  type AskResult,
  type Befriended,
  type FriendStore,
  REQUESTS_MAX,
} from '../../ports/store/friend-store.ts'
import { hasBlocked, privateRow, renewBond } from './bonds.ts'
import { hasAccount } from './person-rows.ts'
import { type AskRow, isoTime, keyOf, type PersonRow, type State } from './state.ts'
import type { Sync } from './sync.ts'
import { toUser } from './user-entity.ts'

export const friends = (state: State): Sync<FriendStore> => ({
  ask: request => ask(state, request),
  accept: (fromId, byId) => accept(state, fromId, byId),
  reject: (fromId, byId) => shownAsk(state, fromId, byId) !== null && dropAsk(state, fromId, byId),
  withdraw: (fromId, toId) => dropAsk(state, fromId, toId),
  unfriend(userId, friendId) {
    const were = state.friends.get(userId)?.delete(friendId) ?? false
    state.friends.get(friendId)?.delete(userId)
    renewBond(state, userId, friendId)
    return were
  },
  remark(userId, friendId, remark) {
    const row = state.friends.get(userId)?.get(friendId)
    if (row) row.remark = remark
    return friendOf(state, userId, friendId)
  },
  block: (userId, blockedId) => block(state, userId, blockedId),
  unblock(userId, blockedId) {
    state.blocks.get(userId)?.delete(blockedId)
    renewBond(state, userId, blockedId)
  },
  friendsOf: userId =>
    [...(state.friends.get(userId)?.keys() ?? [])]
      .flatMap(friendId => friendOf(state, userId, friendId) ?? [])
      .sort(byShownName)
      .slice(0, FRIENDS_MAX),
  requestsTo: userId => asks(state, row => row.toId === userId && !row.hidden, userId),
  requestsFrom: userId => asks(state, row => row.fromId === userId, userId),
  blockedBy: userId =>
    [...(state.blocks.get(userId) ?? [])].flatMap(id => {
      const person = state.people.get(id)
      return person ? [toUser(state, person)] : []
    }),
  findPeople: (by, readerId, limit) =>
    [...state.people.values()]
      .filter(person => canBeAsked(person) && person.id !== readerId && isMeant(person, by))
      .slice(0, limit)
      .map(person => toUser(state, person)),
})

const canBeAsked = (person: PersonRow): boolean => person.isActive && hasAccount(person)

const isMeant = (person: PersonRow, by: Parameters<FriendStore['findPeople']>[0]): boolean =>
  'phone' in by
    ? person.phone === by.phone
    : (person.nickname?.toLowerCase().includes(by.nickname.toLowerCase()) ?? false)

function ask(state: State, { id, fromId, toId, message }: AskRequest): AskResult {
  const asked = state.people.get(toId)
  if (!state.people.has(fromId) || !asked || !canBeAsked(asked)) return { kind: 'refused', code: 'not_found' }
  if (hasBlocked(state, fromId, toId) || areFriends(state, fromId, toId))
    return { kind: 'refused', code: 'conflict' }
  const row = { id, fromId, toId, message, hidden: hasBlocked(state, toId, fromId), createdAt: state.now() }
  if (state.asks.has(keyOf(toId, fromId))) {
    const pair = befriend(state, toId, fromId)
    return { kind: 'befriended', request: toRequest(state, row, fromId, 'accepted'), pair }
  }
  return pending(state, row)
}

/** Asked again is the same request, with the last words (F2); it is news where the other side could not see it. */
function pending(state: State, wanted: AskRow): AskResult {
  const key = keyOf(wanted.fromId, wanted.toId)
  const old = state.asks.get(key)
  const { message, hidden } = wanted
  const row = old ? { ...old, message, hidden } : wanted
  state.asks.set(key, row)
  const isNews = !row.hidden && (!old || old.hidden)
  return {
    kind: 'pending',
    request: toRequest(state, row, row.fromId),
    shown: isNews ? toRequest(state, row, row.toId) : null,
  }
}

function accept(state: State, fromId: string, byId: string): Befriended | null {
  if (shownAsk(state, fromId, byId)) return befriend(state, fromId, byId)
  return areFriends(state, fromId, byId) ? pairOf(state, fromId, byId) : null
}

/** No request of either is left (F3). */
function befriend(state: State, a: string, b: string): Befriended {
  dropAsk(state, a, b)
  dropAsk(state, b, a)
  const since = state.now()
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const own = state.friends.get(one) ?? new Map()
    state.friends.set(one, own.set(other, { remark: null, since }))
  }
  renewBond(state, a, b)
  return pairOf(state, a, b)
}

function pairOf(state: State, a: string, b: string): Befriended {
  const pairs = [
    [a, b],
    [b, a],
  ] as const
  return {
    friends: new Map(
      pairs.flatMap(([one, other]) => {
        const friend = friendOf(state, one, other)
        return friend ? [[one, friend] as const] : []
      }),
    ),
    sessionId: privateRow(state, a, b)?.id ?? null,
  }
}

function block(state: State, userId: string, blockedId: string): boolean {
  if (!state.people.has(blockedId)) return false
  const own = state.blocks.get(userId) ?? new Set()
  state.blocks.set(userId, own.add(blockedId))
  dropAsk(state, blockedId, userId)
  renewBond(state, userId, blockedId)
  return true
}

const areFriends = (state: State, a: string, b: string): boolean => state.friends.get(a)?.has(b) ?? false

/** What `byId` can see of a request of `fromId`. */
function shownAsk(state: State, fromId: string, byId: string): AskRow | null {
  const row = state.asks.get(keyOf(fromId, byId))
  return row && !row.hidden ? row : null
}

const dropAsk = (state: State, fromId: string, toId: string): boolean =>
  state.asks.delete(keyOf(fromId, toId))

function friendOf(state: State, userId: string, friendId: string): Friend | null {
  const [row, person] = [state.friends.get(userId)?.get(friendId), state.people.get(friendId)]
  if (!row || !person) return null
  return { ...toUser(state, person), friendId, remark: row.remark, friendSince: isoTime(row.since) }
}

/** Newest first. */
const asks = (state: State, isMeant: (row: AskRow) => boolean, readerId: string): FriendRequest[] =>
  [...state.asks.values()]
    .filter(isMeant)
    .reverse()
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, REQUESTS_MAX)
    .map(row => toRequest(state, row, readerId))

/** With the other one, as the reader sees it. */
function toRequest(
  state: State,
  { id, fromId, toId, message, createdAt }: AskRow,
  readerId: string,
  status: FriendRequest['status'] = 'pending',
): FriendRequest {
  const otherId = readerId === fromId ? toId : fromId
  const other = state.people.get(otherId)
  if (!other) throw new Error(`${otherId} of a request is nobody`)
  return {
    ...{ id, userId: fromId, friendId: toId, user: toUser(state, other) },
    ...{ message, status, createdAt: isoTime(createdAt) },
  }
}

const shownName = ({ remark, nickname, realName }: Friend): string =>
  (remark ?? nickname ?? realName ?? '').toLowerCase()

function byShownName(a: Friend, b: Friend): number {
  const [left, right] = [shownName(a), shownName(b)]
  if (left !== right) return left < right ? -1 : 1
  return a.id < b.id ? -1 : 1
}
