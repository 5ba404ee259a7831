import { Announcer, type Local } from '../delivery/announcer.ts'
import { announcedWrites, storeWith } from '../delivery/announcing-store.ts'
import { AssignmentNews } from '../delivery/assignment-news.ts'
import { Hubs } from '../delivery/hubs.ts'
import { Lists } from '../delivery/lists.ts'
import { QueuePositions } from '../delivery/queue-positions.ts'
import { Watches } from '../delivery/watches.ts'
import { DeliveredMarks } from '../message/delivered-marks.ts'
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
  })
  const positions = new QueuePositions({ store: read, hubs, background, clock })
  const lists = new Lists({ store: read, watches, positions }, background, clock)
  const news = new AssignmentNews({ store: read, hubs, connections })
  const local: Local = {
    happened(event, alsoTo) {
      hubs.accept(event)
      news.tell(event, alsoTo)
      lists.rowChanged(event.data.sessionId)
    },
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
  const leases = new Leases({ store, background, connections, nodeId, graceMs, reopened })
  const heartbeat = new Heartbeat({ store, clock, nodeId, graceMs, forgotten: () => leases.openAgain() })
  const seen = new Seen(store, clock, background)
  const typing = new TypingState(clock)
  return {
    ...{ background, connections, watches, marks, hubs, positions, lists, news, local, announcer, writes },
    ...{ store, operators, jobs, leases, heartbeat, seen, typing },
  }
}
