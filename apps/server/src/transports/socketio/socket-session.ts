import { type CallBinding, Failure } from '@parley/contracts'
import type { Socket } from 'socket.io'
import { tell } from '../../operations/failure.ts'
import type { CallTable } from '../live/call-table.ts'
import type { Encode } from '../live/encoder.ts'
import { LiveConnection } from '../live/live-connection.ts'
import type { LiveContext, LiveDoorParts } from '../live/live-door.ts'
import { believe } from '../live/open-identity.ts'
import type { Admitted } from '../live/recheck.ts'
import { type Answer, runCall, toldFailure } from '../live/run-call.ts'
import { badArguments, type ClientEvent, clientEvent, unknownEvent } from './client-event.ts'
import { EngineLink } from './engine-link.ts'
import type { EventPacket } from './event-packet.ts'

/** What all connections of this door share. */
export interface SocketDoorParts extends LiveDoorParts {
  readonly calls: CallTable
  readonly encode: Encode<EventPacket>
}

/** One Socket.IO connection: its person, its calls, its end. */
export class SocketSession {
  readonly #parts: SocketDoorParts
  readonly #socket: Socket
  readonly #context: LiveContext
  /** Settled once it is known who connects: at the handshake, or with the first call of an open-mode connection. */
  #connection: Promise<LiveConnection> | null = null
  /** The connection, once it is settled. */
  #live: LiveConnection | null = null
  #opened = false
  #ended = false
  #stopRecheck: () => void = () => undefined
  #callsSeen = 0

  constructor(parts: SocketDoorParts, socket: Socket, context: LiveContext) {
    this.#parts = parts
    this.#socket = socket
    this.#context = context
  }

  /** Resolves when the node knows the connection. */
  async identify(admitted: Admitted): Promise<void> {
    this.#connection = this.#connect(admitted)
    await this.#connection
  }

  /** The client has been told that it is connected. */
  open(): void {
    this.#opened = true
    this.#parts.observe.opened('socketio')
    this.#socket.onAny((event: string, ...args: unknown[]) => void this.#take(clientEvent(event, args)))
    this.#connection?.then(connection => connection.open()).catch(() => undefined)
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#stopRecheck()
    if (this.#connection !== null) this.#parts.node.disconnect(this.#socket.id)
    if (this.#opened) this.#parts.observe.closed('socketio')
  }

  async #connect(admitted: Admitted): Promise<LiveConnection> {
    const { id } = this.#socket
    const loggedOut = tell(new Failure('unauthorized', { reason: 'credential' }), this.#context.locale)
    const link = new EngineLink(this.#socket, this.#parts.encode, loggedOut, () =>
      this.#parts.node.ponged(id),
    )
    const connection = new LiveConnection(id, admitted.person, link, 'support')
    await this.#parts.node.connect(connection)
    // It may have gone while the node was taking it in.
    if (this.#ended) this.#parts.node.disconnect(id)
    else this.#recheck(admitted, connection)
    if (this.#opened) connection.open()
    this.#live = connection
    return connection
  }

  #recheck(admitted: Admitted, connection: LiveConnection): void {
    const end = () => connection.close('login-ended')
    this.#stopRecheck = this.#parts.recheck.watch(admitted, this.#context.address, end)
  }

  /** What is known at once runs at once, so that a client's calls keep their order. */
  #take(called: ClientEvent): Promise<void> {
    if (this.#live?.mayCall() === false) return Promise.resolve()
    this.#callsSeen += 1
    const requestId = `${this.#socket.id}.${this.#callsSeen}`
    const binding = this.#parts.calls.get(called.event)
    return this.#live !== null && binding && called.argumentsFit
      ? this.#call(binding, this.#live, called, requestId)
      : this.#takeSlowly(called, binding, requestId)
  }

  async #takeSlowly(called: ClientEvent, binding: CallBinding | undefined, requestId: string): Promise<void> {
    try {
      const connection = await this.#whoCalls(called, binding, requestId)
      if (binding && called.argumentsFit) return await this.#call(binding, connection, called, requestId)
      await this.#parts.limits.request(connection.caller, this.#context.address)
      throw binding ? badArguments(this.#context.locale) : unknownEvent(this.#context.locale)
    } catch (error) {
      const failure = toldFailure(this.#parts, error, this.#context, requestId)
      this.#write(called, { ok: false, failure, told: null })
    }
  }

  #call(
    binding: CallBinding,
    connection: LiveConnection,
    called: ClientEvent,
    requestId: string,
  ): Promise<void> {
    const call = { binding, connection, context: this.#context, requestId, payload: called.payload }
    return runCall(this.#parts, call, answer => this.#write(called, answer))
  }

  /** In open mode the first call may say who it is. A claim that fails is no claim: the next call may make one. */
  async #whoCalls(
    { payload }: ClientEvent,
    binding: CallBinding | undefined,
    requestId: string,
  ): Promise<LiveConnection> {
    this.#connection ??= this.#believe(claimed(payload, binding), requestId)
    return await this.#connection
  }

  async #believe(userId: unknown, requestId: string): Promise<LiveConnection> {
    try {
      const person = await believe(this.#parts, { userId }, this.#context, requestId)
      return await this.#connect({ person, credentials: null })
    } catch (error) {
      this.#connection = null
      throw error
    }
  }

  #write({ event, acknowledge }: ClientEvent, answer: Answer): void {
    if (answer.ok) {
      const { reply, bare } = answer
      if (reply && !(acknowledge && reply.unlessAcknowledged)) this.#socket.emit(reply.event, reply.payload)
      acknowledge?.(bare ?? { ok: true, ...answer.acknowledgement })
    } else if (acknowledge) acknowledge({ ok: false, error: answer.failure })
    else this.#socket.emit('error', { ...answer.failure, event })
  }
}

function claimed(payload: unknown, { says, scalar }: Pick<CallBinding, 'says' | 'scalar'> = {}): unknown {
  if (says === undefined) return undefined
  if (typeof payload === 'string' && scalar === says) return payload
  if (typeof payload !== 'object' || payload === null) return undefined
  return (payload as Readonly<Record<string, unknown>>)[says]
}
