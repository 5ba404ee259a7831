import { randomUUID } from 'node:crypto'
import { ERRORS, Failure } from '@parley/contracts'
import type { RawData, WebSocket } from 'ws'
import { tell } from '../../operations/failure.ts'
import { problemText } from '../../operations/problems.ts'
import type { CallTable } from '../live/call-table.ts'
import type { Encode } from '../live/encoder.ts'
import { LiveConnection } from '../live/live-connection.ts'
import type { LiveContext, LiveDoorParts } from '../live/live-door.ts'
import type { Admitted } from '../live/recheck.ts'
import { type Answer, runCall, toldFailure } from '../live/run-call.ts'
import { BadFrames } from './bad-frames.ts'
import { type Frame, frame, parseFrame } from './frame.ts'
import { WsLink } from './ws-link.ts'

/** What all connections of this door share. */
export interface WsDoorParts extends LiveDoorParts {
  readonly calls: CallTable
  readonly encode: Encode<string>
}

/** One raw WebSocket: its frames, its calls, its end. */
export class WsSession {
  readonly #parts: WsDoorParts
  readonly #socket: WebSocket
  readonly #context: LiveContext
  readonly #connection: LiveConnection
  readonly #badFrames = new BadFrames()
  /** Frames are taken once the node knows the connection. */
  #ready: Promise<void> = Promise.resolve()
  #framesSeen = 0
  readonly #stopRecheck: () => void

  constructor(parts: WsDoorParts, socket: WebSocket, admitted: Admitted, context: LiveContext) {
    this.#parts = parts
    this.#socket = socket
    this.#context = context
    const id = randomUUID()
    const loggedOut = tell(new Failure('unauthorized', { reason: 'credential' }), context.locale)
    const link = new WsLink(socket, parts.encode, loggedOut, () => parts.node.ponged(id))
    this.#connection = new LiveConnection(id, admitted.person, link, 'friends')
    this.#stopRecheck = parts.recheck.watch(admitted, context.address, () =>
      this.#connection.close('login-ended'),
    )
  }

  start(): void {
    const { observe, node } = this.#parts
    observe.opened('ws')
    this.#socket.on('close', () => {
      this.#stopRecheck()
      node.disconnect(this.#connection.id)
      observe.closed('ws')
    })
    this.#socket.on('error', () => this.#socket.terminate())
    this.#socket.on('message', (data, isBinary) => void this.#take(data, isBinary))
    this.#ready = this.#connect()
  }

  async #connect(): Promise<void> {
    const { node } = this.#parts
    try {
      await node.connect(this.#connection)
      if (this.#socket.readyState !== this.#socket.OPEN) node.disconnect(this.#connection.id)
      this.#send(frame('connected', { userId: this.#connection.caller.userId }))
      this.#connection.open()
    } catch (error) {
      const failure = toldFailure(this.#parts, error, this.#context, this.#connection.id)
      this.#send(frame('error', failure))
      this.#socket.close(ERRORS[failure.code].close, failure.code)
    }
  }

  async #take(data: RawData, isBinary: boolean): Promise<void> {
    if (isBinary) {
      this.#socket.close(ERRORS.unsupported_media_type.close, 'unsupported_media_type')
      return
    }
    await this.#ready
    if (!this.#connection.mayCall()) return
    this.#framesSeen += 1
    const requestId = `${this.#connection.id}.${this.#framesSeen}`
    const taken = parseFrame(data.toString())
    const binding = taken ? this.#parts.calls.get(taken.type) : undefined
    if (!taken || !binding) return await this.#refuse(taken, requestId)
    const call = {
      binding,
      connection: this.#connection,
      context: this.#context,
      requestId,
      payload: taken.data,
    }
    await runCall(this.#parts, call, answer => this.#answer(taken, answer))
  }

  /** Neither JSON nor a known type: counted twice, as a request and as a bad frame. */
  async #refuse(taken: Frame | null, requestId: string): Promise<void> {
    const { locale, address } = this.#context
    try {
      await this.#parts.limits.request(this.#connection.caller, address)
      const message = problemText(locale, taken ? 'unknown_event' : 'json')
      throw new Failure('validation_failed', {}, [{ path: taken ? 'type' : '', message }])
    } catch (error) {
      this.#fail(taken, toldFailure(this.#parts, error, this.#context, requestId))
    }
  }

  #answer(taken: Frame, answer: Answer): void {
    if (!answer.ok) {
      this.#fail(taken, answer.failure)
      return
    }
    if (answer.reply) this.#send(frame(answer.reply.event, answer.reply.payload, taken.id))
    if (taken.id !== null) this.#send(frame('ack', { ok: true, ...answer.acknowledgement }, taken.id))
  }

  #fail(taken: Frame | null, failure: ReturnType<typeof toldFailure>): void {
    this.#send(frame('error', failure, taken?.id ?? null))
    // A good frame that is refused is no bad one; data of the wrong shape makes it bad.
    if (failure.code === 'validation_failed' && this.#badFrames.count()) {
      this.#socket.close(ERRORS.validation_failed.close, 'too many bad frames')
    }
  }

  #send(text: string): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text)
  }
}
