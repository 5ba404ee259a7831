import type { NewMessage, WireMessage, WireSession, WireUser } from '@parley/contracts'
import { io, type Socket } from 'socket.io-client'
import { afterAll } from 'vitest'
import type { TestServer } from './server.ts'

interface InSession {
  readonly sessionId: string
}
interface Present extends InSession {
  readonly userId: string
  readonly userType: string
}
interface Counted extends InSession {
  readonly change: number
}

/** What the server says, by the names of api.md §6 and §7. */
export interface Events {
  readonly new_message: NewMessage
  readonly session_joined: InSession & { readonly session: WireSession; readonly messages: WireMessage[] }
  readonly session_assigned: Counted & {
    readonly operator: { readonly id: string; readonly name: string }
    readonly session: WireSession
  }
  readonly session_waiting: Counted & { readonly position: number }
  readonly session_ended: Counted & {
    readonly endedBy: string | null
    readonly reason: string | null
    readonly endedAt: string
  }
  readonly 'participants:changed': Counted & {
    readonly added: readonly string[]
    readonly removed: readonly string[]
    readonly identified?: {
      readonly visitorId: string
      readonly userId: string
      readonly userName: string | null
    }
  }
  readonly 'session:changed': Counted & { readonly session: WireSession }
  readonly 'session:listed': { readonly list: string; readonly session: WireSession }
  readonly 'session:unlisted': InSession & { readonly list: string }
  readonly 'message:read': InSession & { readonly userId: string; readonly seq: number }
  readonly 'message:status': InSession & { readonly seq: number; readonly status: string }
  readonly 'message:sent': { readonly message: WireMessage; readonly change: number }
  readonly 'message:receive': { readonly message: WireMessage; readonly change: number }
  readonly 'message:recalled': Counted & { readonly messageId: string; readonly seq: number }
  readonly 'message:reaction': Counted & {
    readonly messageId: string
    readonly userId: string
    readonly emoji: string
    readonly added: boolean
    readonly reactions: Readonly<Record<string, readonly string[]>>
  }
  readonly message_recalled: Counted & { readonly id: string; readonly seq: number }
  readonly 'session:opened': { readonly session: WireSession }
  readonly 'user:joined': { readonly user: WireUser }
  readonly 'user:status': {
    readonly userId: string
    readonly status: string
    readonly lastSeen: string | null
  }
  readonly 'users:online': readonly WireUser[]
  readonly 'chat:history': { readonly success: boolean; readonly data: WireMessage[] }
  readonly 'unread:count': {
    readonly success: boolean
    readonly data: { readonly unreadCount: number; readonly sessions: Readonly<Record<string, number>> }
  }
  readonly 'typing:start': InSession & { readonly userId: string }
  readonly 'typing:stop': InSession & { readonly userId: string }
  readonly queue_position: InSession & { readonly position: number }
  readonly user_joined: Present
  readonly user_left: Present
  readonly user_typing: Present & { readonly isTyping: boolean }
  readonly error: { readonly code: string; readonly message: string; readonly event: string }
}
type EventName = keyof Events

/** Those that show a change of a session. */
const COUNTED = [
  'new_message',
  'session_assigned',
  'session_waiting',
  'session_ended',
  'participants:changed',
  'session:changed',
  'message:sent',
  'message:receive',
  'message:recalled',
  'message:reaction',
  'message_recalled',
] as const satisfies readonly EventName[]

/** §6 shows a whole message, §7 its fields. */
const sessionOf = (payload: Counted & { readonly message?: unknown }): string =>
  typeof payload.message === 'object' ? (payload.message as InSession).sessionId : payload.sessionId

export interface Ack {
  readonly ok: boolean
  readonly error?: { readonly code: string; readonly message: string }
}

/** Milliseconds until a test gives up on an event or an acknowledgement. */
const PATIENCE = 15_000

/** A stock Socket.IO client that keeps what it hears. */
export class Ear {
  readonly socket: Socket
  readonly #heard: { readonly event: string; readonly payload: unknown }[] = []
  readonly #waiting = new Set<() => void>()

  private constructor(socket: Socket) {
    this.socket = socket
    socket.onAny((event: string, payload: unknown) => {
      this.#heard.push({ event, payload })
      for (const look of this.#waiting) look()
    })
  }

  /** Rejects with the server's `connect_error`. */
  static async open(
    { url }: Pick<TestServer, 'url'>,
    auth: { readonly token?: string; readonly protocol?: number },
  ): Promise<Ear> {
    const socket = io(url, { auth, forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 200 })
    const ear = new Ear(socket)
    await new Promise<void>((resolve, reject) => {
      // Later ones, while the server is away, are followed by another attempt.
      const refused = (error: Error) => {
        socket.disconnect()
        reject(error)
      }
      socket.once('connect_error', refused).once('connect', () => {
        socket.off('connect_error', refused)
        resolve()
      })
    })
    return ear
  }

  call<A = unknown>(event: string, ...payload: unknown[]): Promise<Ack & A> {
    return this.socket.timeout(PATIENCE).emitWithAck(event, ...payload)
  }

  all<E extends EventName>(event: E): Events[E][] {
    return this.#heard.filter(one => one.event === event).map(({ payload }) => payload as Events[E])
  }

  /** The numbers of a session's changes, as they came. */
  changes(sessionId: string): number[] {
    return this.#heard
      .filter(({ event }) => (COUNTED as readonly string[]).includes(event))
      .map(({ payload }) => payload as Counted & { readonly message?: unknown })
      .filter(payload => sessionOf(payload) === sessionId)
      .map(({ change }) => change)
  }

  /** The first of that event, heard already or later, that fits. */
  hears<E extends EventName>(
    event: E,
    fits: (payload: Events[E]) => boolean = () => true,
  ): Promise<Events[E]> {
    return new Promise((resolve, reject) => {
      const tooLate = setTimeout(() => {
        this.#waiting.delete(look)
        reject(new Error(`no ${event} that fits; heard: ${JSON.stringify(this.#heard).slice(0, 2000)}`))
      }, PATIENCE)
      const look = () => {
        const found = this.all(event).find(fits)
        if (found === undefined) return
        clearTimeout(tooLate)
        this.#waiting.delete(look)
        resolve(found)
      }
      this.#waiting.add(look)
      look()
    })
  }

  close(): void {
    this.socket.disconnect()
  }
}

/** Opens clients for the tests of a file, and closes them after it. */
export function useEars(at: { readonly server: TestServer }): (who: { token: string }) => Promise<Ear> {
  const ears: Ear[] = []
  afterAll(() => {
    for (const ear of ears) ear.close()
  })
  return async who => {
    const ear = await Ear.open(at.server, who)
    ears.push(ear)
    return ear
  }
}
