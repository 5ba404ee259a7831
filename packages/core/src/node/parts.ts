import { Announcer, type Local } from '../delivery/announcer.ts'
import { announcedWrites, storeWith } from '../delivery/announcing-store.ts'
import { AssignmentNews } from '../delivery/assignment-news.ts'
import { Hubs } from '../delivery/hubs.ts'
import { Lists } from '../delivery/lists.ts'
import { QueuePositions } from '../delivery/queue-positions.ts'
import { Watches } from '../delivery/watches.ts'
import { Inboxes } from '../inbox/inboxes.ts'
import { DeliveredMarks } from '../message/delivered-marks.ts'
import { Comings } from '../presence/comings.ts'
import { Connections } from '../presence/connections.ts'
import { Heartbeat } from '../presence/heartbeat.ts'
import { Jobs } from '../presence/jobs.ts'
import { Leases } from '../presence/leases.ts'
import { ReturningOperators } from '../presence/returning-operators.ts'
import { Rooms } from '../presence/rooms.ts'
import { estimatedReads } from '../session/estimated-reads.ts'
import { TypingState } from '../typing/typing-state.ts'
import { Background } from './background.ts'
import type { CoreSettings, Ports } from './chat-node.ts'
import { Seen } from './seen.ts'

export type Parts = ReturnType<typeof makeParts>

/** What a node is made of, wired to each other and to nothing else. */
export function makeParts(ports: Ports, settings: CoreSettings, nodeId: string) {
  const { bus, clock } = ports
  const read = storeWith(ports.store, estimatedReads(ports.store, clock))
  const background = new Background(ports)
  const connections = new Connections()
  const rooms = new Rooms(bus)
  const watches = new Watches()
  const marks = new DeliveredMarks({ store: read, bus, clock, background, connections })
  const hubs = new Hubs(read, connections, background, {
    given: (listener, from, to) => marks.given(listener, from, to),
    entered: (hub, listener) => rooms.entered(hub, listener),
    dropped: (hub, listener) => rooms.left(hub, listener),
    removed: listener => inboxes.removed(listener),
  })
  const inboxes = new Inboxes({ store: read, hubs, marks, connections, background, clock })
  const positions = new QueuePositions({ store: read, hubs, background, clock })
  const lists = new Lists({ store: read, watches, positions }, background, clock)
  const news = new AssignmentNews({ store: read, hubs, inboxes, connections })
  const local: Local = {
    happened(event, alsoTo) {
      // First who comes to hear the session by this very event.
      news.tell(event, alsoTo)
      hubs.accept(event)
      lists.rowChanged(event.data.sessionId)
    },
    joined: (sessionId, userIds) => inboxes.joined(sessionId, userIds),
    marked: sessionId => lists.rowChanged(sessionId),
    listsChanged: (sessionIds, operatorIds) => lists.changed(sessionIds, operatorIds),
    stands: (sessionId, change) => hubs.find(sessionId)?.stands(change),
  }
  const announcer = new Announcer(read, bus, background, local)
  const writes = announcedWrites(read, announcer, {
    starting: sessionId => jobs.watchSession(sessionId),
    seen: local.stands,
  })
  const store = storeWith(read, writes)
  const jobs = new Jobs({ store, writes, settings, nodeId })
  const graceMs = settings.operatorGraceMs
  const operators = new ReturningOperators({ writes, news, connections }, background, clock)
  const reopened = () => operators.allAreBack()
  const comings = new Comings({ store, bus, connections, background, clock })
  const leases = new Leases({
    ...{ store, background, connections, nodeId, graceMs, reopened },
    changed: people => comings.changed(people),
  })
  const heartbeat = new Heartbeat({
    ...{ store, clock, nodeId, graceMs },
    forgotten: () => leases.openAgain(),
    gone: userIds => comings.gone(userIds),
  })
  const seen = new Seen(store, clock, background)
  const typing = new TypingState(clock)
  return {
    ...{ background, connections, watches, marks, hubs, positions, lists, news, local, announcer, writes },
    ...{ inboxes, rooms, store, operators, jobs, leases, heartbeat, seen, typing },
  }
}
