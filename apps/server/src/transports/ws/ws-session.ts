import { randomUUID } from 'node:crypto'
import { type CallBinding, ERRORS, Failure } from '@parley/contracts'
import type { RawData, WebSocket } from 'ws'
import { tell } from '../../operations/failure.ts'
import { problemText } from '../../operations/problems.ts'
import type { CallTable } from '../live/call-table.ts'
import { LiveConnection } from '../live/live-connection.ts'
import type { LiveContext, LiveDoorParts } from '../live/live-door.ts'
import type { Admitted } from '../live/recheck.ts'
import { type Answer, type Refusal, runCall, type Success, toldFailure } from '../live/run-call.ts'
import { BadFrames } from './bad-frames.ts'
import { Echoes } from './echoes.ts'
import { type Frame, frame, parseFrame } from './frame.ts'
import { type Writing, WsLink } from './ws-link.ts'

/** Frames of one connection that are not answered yet: with more it is not read from. */
const UNDER_WAY_MAX = 64

/** What all connections of this door share. */
export interface WsDoorParts extends LiveDoorParts, Writing {
  readonly calls: CallTable
}

/** One raw WebSocket: its frames, its calls, its end. */
export class WsSession {
  readonly #parts: WsDoorParts
  readonly #socket: WebSocket
  readonly #context: LiveContext
  readonly #connection: LiveConnection
  readonly #badFrames = new BadFrames()
  readonly #echoes = new Echoes()
  /** Frames are taken once the node knows the connection. */
  #ready: Promise<void> = Promise.resolve()
  #framesSeen = 0
  #underWay = 0
  readonly #stopRecheck: () => void

  constructor(parts: WsDoorParts, socket: WebSocket, admitted: Admitted, context: LiveContext) {
    this.#parts = parts
    this.#socket = socket
    this.#context = context
    const id = randomUUID()
    const loggedOut = tell(new Failure('unauthorized', { reason: 'credential' }), context.locale)
    const link = new WsLink(socket, parts, this.#echoes, loggedOut, () => parts.node.ponged(id))
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
      this.#echoes.stop()
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
      if (!this.#isOpen()) {
        node.disconnect(this.#connection.id)
        return
      }
      this.#send(frame('connected', { userId: this.#connection.caller.userId }))
      this.#connection.open()
      await node.openInbox(this.#connection, { backlog: true })
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
    this.#underWay += 1
    if (this.#underWay >= UNDER_WAY_MAX) this.#socket.pause()
    await this.#ready
    if (this.#isOpen() && this.#connection.mayCall()) await this.#run(parseFrame(data.toString()))
    this.#underWay -= 1
    if (this.#socket.isPaused) this.#socket.resume()
  }

  async #run(taken: Frame | null): Promise<void> {
    this.#framesSeen += 1
    const requestId = `${this.#connection.id}.${this.#framesSeen}`
    const binding = taken ? this.#parts.calls.get(taken.type) : undefined
    if (!taken || !binding) return await this.#refuse(taken, requestId)
    const call = {
      binding,
      connection: this.#connection,
      context: this.#context,
      requestId,
      payload: taken.data,
    }
    if (binding.echo) this.#echoes.begin()
    await runCall(this.#parts, call, answer => this.#answer(taken, binding, answer))
  }

  /** Neither JSON nor a known type: counted twice, as a request and as a bad frame. */
  async #refuse(taken: Frame | null, requestId: string): Promise<void> {
    const { locale, address } = this.#context
    try {
      await this.#parts.limits.request(this.#connection.caller, address)
      const message = problemText(locale, taken ? 'unknown_event' : 'json')
      throw new Failure('validation_failed', {}, [{ path: taken ? 'type' : '', message }])
    } catch (error) {
      this.#send(frame('error', toldFailure(this.#parts, error, this.#context, requestId), taken?.id ?? null))
      this.#countBad()
    }
  }

  #answer(taken: Frame, { echo }: CallBinding, answer: Answer): void {
    if (!answer.ok) this.#refused(taken, answer)
    else if (echo) this.#echo(taken, answer)
    else this.#succeeded(taken, answer)
    if (echo && !answer.ok) this.#echoes.end(null)
  }

  #succeeded(taken: Frame, answer: Success): void {
    this.#reply(taken, answer)
    this.#acknowledge(taken, answer)
  }

  #echo(taken: Frame, answer: Success): void {
    const reply = () => this.#reply(taken, answer)
    const follow = () => this.#acknowledge(taken, answer)
    this.#echoes.end({ messageId: answer.echoes ?? '', id: taken.id, reply, follow })
  }

  #refused({ id }: Frame, { failure, told }: Refusal): void {
    this.#send(told ? frame(told.event, told.payload, id) : frame('error', failure, id))
    // A good frame that is refused is no bad one; data of the wrong shape makes it bad.
    if (failure.code === 'validation_failed') this.#countBad()
  }

  #reply({ id }: Frame, { reply }: Success): void {
    if (reply) this.#send(frame(reply.event, reply.payload, id))
  }

  #acknowledge({ id }: Frame, { acknowledgement }: Success): void {
    if (id !== null) this.#send(frame('ack', { ok: true, ...acknowledgement }, id))
  }

  #countBad(): void {
    if (this.#badFrames.count()) this.#socket.close(ERRORS.validation_failed.close, 'too many bad frames')
  }

  #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  #send(text: string): void {
    if (this.#isOpen()) this.#socket.send(text)
  }
}
