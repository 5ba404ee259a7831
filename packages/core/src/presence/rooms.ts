import { type Happening, isStaff, type Role } from '@parley/contracts'
import type { Listener } from '../delivery/listener.ts'
import type { SessionHub } from '../delivery/session-hub.ts'
import type { Bus } from '../ports/bus.ts'

export const userTypeOf = (role: Role): 'user' | 'operator' | 'system' => {
  if (role === 'system') return 'system'
  return isStaff(role) ? 'operator' : 'user'
}

/** Says who comes into a session's room with a first connection to this node, and who leaves it with the last. */
export class Rooms {
  private readonly bus: Bus

  constructor(bus: Bus) {
    this.bus = bus
  }

  entered(hub: SessionHub, listener: Listener): void {
    if (listener.inRoom) return
    const isFirst = !isPresent(hub, listener.connection.caller.userId)
    listener.inRoom = true
    if (isFirst) this.tell('user.joined', listener)
  }

  /** The listener has gone, or only leaves the room. */
  left(hub: SessionHub, listener: Listener): void {
    const wasIn = listener.inRoom
    listener.inRoom = false
    if (!wasIn || isPresent(hub, listener.connection.caller.userId)) return
    this.tell('user.left', listener)
  }

  private tell(name: 'user.joined' | 'user.left', { sessionId, connection }: Listener): void {
    const { userId, role } = connection.caller
    const happening: Happening = { name, data: { sessionId, userId, userType: userTypeOf(role) } }
    this.bus.publish({ kind: 'signal', sessionId, happening, except: userId })
  }
}

const isPresent = (hub: SessionHub, userId: string): boolean =>
  [...hub.listeners.values()].some(({ inRoom, connection }) => inRoom && connection.caller.userId === userId)
