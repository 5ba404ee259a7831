import type { Hubs } from '../delivery/hubs.ts'
import type { Inboxes } from '../inbox/inboxes.ts'
import type { Handler } from '../node/handler.ts'
import type { Rooms } from '../presence/rooms.ts'

interface LeaveDeps {
  readonly hubs: Hubs
  readonly inboxes: Inboxes
  readonly rooms: Rooms
}

/** Who hears all of its sessions leaves the room, and goes on hearing (D17). */
export function sessionLeave({ hubs, inboxes, rooms }: LeaveDeps): Handler<'session.leave'> {
  const leaveRoom = (sessionId: string, connectionId: string) => {
    const [hub, listener] = [hubs.find(sessionId), hubs.admitted(sessionId, connectionId)]
    if (hub && listener) rooms.left(hub, listener)
  }
  return (_deps, { connection }, { sessionId }) => {
    if (connection && inboxes.has(connection.id) && hubs.takesPart(sessionId, connection.id))
      leaveRoom(sessionId, connection.id)
    else if (connection) hubs.leave(sessionId, connection.id)
    return Promise.resolve({ sessionId })
  }
}
