import type { Bus, BusMessage } from '../ports/bus.ts'
import type { Connections } from '../presence/connections.ts'
import type { Local } from './announcer.ts'
import type { CountedEvent } from './counted-event.ts'
import type { Hubs } from './hubs.ts'

interface Parts {
  readonly bus: Bus
  readonly hubs: Hubs
  readonly connections: Connections
  readonly local: Local
}

/** What the nodes say to each other, this one included; what it has done already it knows as a repeat. */
export function listenToBus({ bus, hubs, connections, local }: Parts): () => void {
  const on: { [K in BusMessage['kind']]: (message: Extract<BusMessage, { kind: K }>) => void } = {
    change: ({ happening, alsoTo }) => local.happened(happening as CountedEvent, alsoTo),
    signal: ({ sessionId, happening, except, only }) => {
      hubs.find(sessionId)?.signal(happening, except, only)
      if (happening.name === 'message.read') local.marked(sessionId)
    },
    people: ({ userIds, staffToo, happening }) => {
      const people = new Set(userIds)
      for (const userId of people)
        for (const connection of connections.of(userId)) connection.deliver(happening)
      for (const connection of staffToo ? connections.staff() : [])
        if (!people.has(connection.caller.userId)) connection.deliver(happening)
    },
    joined: ({ sessionId, userIds }) => local.joined(sessionId, userIds),
    lists: ({ sessionIds, operatorIds }) => local.listsChanged(sessionIds, operatorIds),
    'login-ended': login => closeLogins(connections, login),
  }
  return bus.subscribe(message => {
    const handle = on[message.kind] as (message: BusMessage) => void
    handle(message)
  })
}

function closeLogins(
  connections: Connections,
  login: { loginId: string | null; userId: string | null },
): void {
  for (const connection of connections.all()) {
    const { loginId, userId } = connection.caller
    if (loginId !== login.loginId && userId !== login.userId) continue
    connection.deliver({ name: 'login.ended', data: { userId } })
    connection.close('login-ended')
  }
}
