import type { LinkEvent } from '../connection/link.ts'
import type { Friend, FriendRequest } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import type { Friends, FriendsSnapshot } from '../types.ts'
import type { Core } from './core.ts'
import type { Inbox } from './inbox.ts'
import { createView } from './observable.ts'
import { nameOf, type Persons } from './persons.ts'
import type { Presence } from './presence.ts'

export type FriendEvent = Extract<LinkEvent, { name: 'friend.requested' | 'friend.added' | 'friend.removed' }>

interface Parts {
  readonly core: Core
  readonly inbox: Inbox
  readonly persons: Persons
  readonly presence: Presence
}

const byName = (a: Friend, b: Friend) => (nameOf(a) ?? a.id).localeCompare(nameOf(b) ?? b.id)
const newestFirst = (a: FriendRequest, b: FriendRequest) => (a.createdAt < b.createdAt ? 1 : -1)
const ids = <T>(items: readonly T[], keyOf: (item: T) => string) =>
  new Map(items.map(item => [keyOf(item), item]))

/** Friends and requests: asked once a connection, then event by event and by what the caller does itself. */
export function createFriends({ core, inbox, persons, presence }: Parts) {
  let friends = new Map<string, Friend>()
  /** By the other one's id. */
  let requests = new Map<string, FriendRequest>()
  let sent = new Map<string, FriendRequest>()
  let loaded = false
  let used = false
  let error: ParleyError | null = null
  /** Counts changes: an answer that was asked for before one is asked for again. */
  let version = 0

  const live = (friend: Friend): Friend => ({ ...friend, ...presence.now(friend.id) })
  const view = createView<FriendsSnapshot>(
    () => ({
      friends: [...friends.values()].map(live).sort(byName),
      requests: [...requests.values()].sort(newestFirst),
      sent: [...sent.values()].sort(newestFirst),
      loading: !loaded && !error,
      error,
    }),
    next => {
      used = next
      inbox.used(used)
      if (used && core.connection.isOnline()) void load()
    },
  )

  const change = (work: () => void) => {
    version += 1
    work()
    persons.friends([...friends.values()])
    view.changed()
  }

  const load = async (): Promise<void> => {
    const asked = version
    try {
      const answers = await Promise.all([
        core.call('friend.list'),
        core.call('friend.requests'),
        core.call('friend.sent'),
      ])
      if (asked !== version) return await load()
      const [list, toMe, mine] = answers
      loaded = true
      error = null
      presence.told(list)
      change(() => {
        friends = ids(list, ({ id }) => id)
        requests = ids(toMe, ({ userId }) => userId)
        sent = ids(mine, ({ friendId }) => friendId)
      })
    } catch (reason) {
      // What was there stays; the next connection asks again.
      error = ParleyError.of(reason)
      view.changed()
    }
  }

  const added = (friend: Friend) =>
    change(() => {
      friends.set(friend.id, friend)
      requests.delete(friend.id)
      sent.delete(friend.id)
    })
  const removed = (userId: string) => change(() => friends.delete(userId))
  const other = (event: Extract<FriendEvent, { name: 'friend.removed' }>) =>
    event.userId === core.me()?.id ? event.friendId : event.userId

  const api: Friends = {
    subscribe: view.subscribe,
    getSnapshot: view.getSnapshot,
    async request(whom) {
      const request = await core.call('friend.request', whom)
      if (request.status === 'pending') change(() => sent.set(request.friendId, request))
      else void load()
      return request
    },
    async accept(friendId) {
      const friend = await core.call('friend.accept', { friendId })
      added(friend)
      return friend
    },
    async reject(friendId) {
      await core.call('friend.reject', { friendId })
      change(() => requests.delete(friendId))
    },
    async withdraw(friendId) {
      await core.call('friend.withdraw', { friendId })
      change(() => sent.delete(friendId))
    },
    async remove(friendId) {
      await core.call('friend.remove', { friendId })
      removed(friendId)
    },
    async remark(friendId, remark) {
      const friend = await core.call('friend.remark', { friendId, remark })
      change(() => friends.set(friend.id, friend))
      return friend
    },
    async block(userId) {
      await core.call('friend.block', { userId })
      change(() => requests.delete(userId))
    },
    async unblock(userId) {
      await core.call('friend.unblock', { userId })
    },
    blocked: () => core.call('friend.blocked'),
    find: phone => core.call('friend.find', { phone }),
  }
  return {
    api,
    event(event: FriendEvent) {
      if (event.name === 'friend.requested') {
        change(() => requests.set(event.request.userId, event.request))
        core.emit('friendRequest', { request: event.request })
      } else if (event.name === 'friend.added') {
        added(event.friend)
        core.emit('friendAdded', { friend: event.friend })
      } else {
        removed(other(event))
        core.emit('friendRemoved', { userId: other(event) })
      }
    },
    presenceChanged(userId: string) {
      if (friends.has(userId)) view.changed()
    },
    online() {
      if (used) void load()
    },
    reset() {
      friends = new Map()
      requests = new Map()
      sent = new Map()
      loaded = false
      error = null
      change(() => undefined)
    },
  }
}
