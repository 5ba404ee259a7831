import type { LeaseStore } from '../../ports/store/lease-store.ts'
import { schedule } from './jobs.ts'
import { isConnected, type State } from './state.ts'
import type { Sync } from './sync.ts'

export const leases = (state: State): Sync<LeaseStore> => ({
  heartbeat(nodeId) {
    const isNew = !state.nodes.has(nodeId)
    state.nodes.set(nodeId, state.now())
    return { isNew }
  },
  changeLeases({ nodeId, opened, closed, graceMs }) {
    if (!state.nodes.has(nodeId)) return { known: false, gone: [], came: [] }
    const before = new Set(opened.map(({ userId }) => userId).filter(userId => isConnected(state, userId)))
    for (const { connectionId, userId } of opened) {
      if (!state.leases.has(connectionId)) state.leases.set(connectionId, { userId, nodeId })
    }
    const gone = close(state, new Set(closed), nodeId, graceMs)
    const openers = new Set(opened.map(({ userId }) => userId))
    const came = [...openers].filter(userId => !before.has(userId) && isConnected(state, userId))
    return { known: true, gone, came }
  },
  reapNodes({ olderThanMs, graceMs }) {
    const oldest = state.now() - olderThanMs
    const dead = [...state.nodes].filter(([, seenAt]) => seenAt < oldest).map(([nodeId]) => nodeId)
    return { gone: dead.flatMap(nodeId => dropNode(state, nodeId, graceMs)) }
  },
  leave(nodeId, graceMs) {
    dropNode(state, nodeId, graceMs)
  },
  connected: userIds => new Set(userIds.filter(userId => isConnected(state, userId))),
  seen(userIds) {
    for (const userId of userIds) sawPerson(state, userId)
  },
})

function sawPerson(state: State, userId: string): void {
  const person = state.people.get(userId)
  if (person) person.lastSeenAt = state.now()
}

function forgetPresence(state: State, userId: string): void {
  const person = state.people.get(userId)
  if (person) person.chosenPresence = null
}

function dropNode(state: State, nodeId: string, graceMs: number): string[] {
  const held = [...state.leases].filter(([, lease]) => lease.nodeId === nodeId).map(([id]) => id)
  state.nodes.delete(nodeId)
  return close(state, new Set(held), nodeId, graceMs)
}

/** Answers with the people whose last connection this was; an operator's grace begins in the same step. */
function close(state: State, connectionIds: ReadonlySet<string>, nodeId: string, graceMs: number): string[] {
  const people = new Set<string>()
  for (const [id, lease] of state.leases) {
    if (!connectionIds.has(id) || lease.nodeId !== nodeId) continue
    state.leases.delete(id)
    people.add(lease.userId)
  }
  const gone = [...people].filter(userId => !isConnected(state, userId))
  for (const userId of gone) {
    sawPerson(state, userId)
    forgetPresence(state, userId)
    if (state.operators.has(userId)) schedule(state, 'operator.grace', userId, graceMs)
  }
  return gone
}
