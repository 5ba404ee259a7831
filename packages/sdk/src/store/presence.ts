import type { EventData, PersonStatus, User } from '../contract-types.ts'
import type { PresenceSnapshot } from '../types.ts'
import type { Core } from './core.ts'
import type { Inbox } from './inbox.ts'
import { createByKey } from './live-map.ts'

/** An answer with so many may have left out others. */
const ONLINE_MAX = 1000
const OFFLINE: PresenceSnapshot = { status: 'offline', lastSeen: null }

/** Who is there, of those whom the caller may see: asked once a connection, then event by event. */
export function createPresence(core: Core, inbox: Inbox) {
  let known: ReadonlyMap<string, PresenceSnapshot> = new Map()
  let complete = false
  let users = 0
  /** What is heard while the answer is on its way is newer than the answer. */
  let heard = new Set<string>()
  /** What the caller has said of itself: a new connection knows nothing of it. */
  let own: PersonStatus | null = null

  const byId = createByKey<PresenceSnapshot | null>(
    userId => known.get(userId) ?? (complete ? OFFLINE : null),
    (_, used) => {
      inbox.used(used)
      users += used ? 1 : -1
      if (used && users === 1 && core.connection.isOnline()) void load()
    },
  )

  const set = (userId: string, status: PresenceSnapshot) => {
    known = new Map(known).set(userId, status)
  }

  const load = async () => {
    heard = new Set()
    const people = await core.call('user.online').catch(() => null)
    // The next connection asks again.
    if (!people) return
    const gone = [...known].map(([id, { lastSeen }]): [string, PresenceSnapshot] => [
      id,
      { ...OFFLINE, lastSeen },
    ])
    const told = people.map(({ id, status, lastSeen }): [string, PresenceSnapshot] => [
      id,
      { status, lastSeen },
    ])
    const since = [...known].filter(([id]) => heard.has(id))
    known = new Map([...gone, ...told, ...since])
    complete = people.length < ONLINE_MAX
    byId.allChanged()
  }

  const say = (status: PersonStatus) => core.connection.request('user.set-status', { status })

  return {
    of: byId.of,
    now: (userId: string) => known.get(userId) ?? null,
    changed({ userId, status, lastSeen }: EventData<'presence.changed'>) {
      heard.add(userId)
      set(userId, { status, lastSeen })
      byId.changed(userId)
    },
    /** An answer that was asked for otherwise. */
    told(people: readonly User[]) {
      for (const { id, status, lastSeen } of people) if (!heard.has(id)) set(id, { status, lastSeen })
      for (const { id } of people) byId.changed(id)
    },
    async setStatus(status: PersonStatus) {
      await say(status)
      own = status === 'online' ? null : status
    },
    online() {
      if (own) say(own).catch(() => undefined)
      if (users > 0) void load()
    },
    reset() {
      known = new Map()
      heard = new Set()
      complete = false
      own = null
      byId.allChanged()
    },
  }
}

export type Presence = ReturnType<typeof createPresence>
