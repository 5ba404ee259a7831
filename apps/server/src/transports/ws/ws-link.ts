import { ERRORS, type Happening } from '@parley/contracts'
import type { WebSocket } from 'ws'
import type { ToldFailure } from '../../operations/failure.ts'
import type { Encode } from '../live/encoder.ts'
import type { WireEvent } from '../live/hearing.ts'
import type { Link } from '../live/live-connection.ts'
import type { Echoes } from './echoes.ts'
import { type FrameId, frame } from './frame.ts'

/** One that is told to come back and does not go is ended after this. Milliseconds. */
const LEAVES_WITHIN_MS = 1000

/** What all connections of the door write with. */
export interface Writing {
  readonly encode: Encode<string>
  /** The events that may be the answer to a call of their reader. */
  readonly echoed: ReadonlySet<string>
}

/** A raw WebSocket as core writes to it. */
export class WsLink implements Link {
  readonly #socket: WebSocket
  readonly #writing: Writing
  readonly #echoes: Echoes
  readonly #loggedOut: ToldFailure
  #pings = 0

  constructor(
    socket: WebSocket,
    writing: Writing,
    echoes: Echoes,
    loggedOut: ToldFailure,
    onAlive: () => void,
  ) {
    this.#socket = socket
    this.#writing = writing
    this.#echoes = echoes
    this.#loggedOut = loggedOut
    // A pong carries its ping's data; one that answers several answers the latest.
    socket.on('pong', data => {
      if (data.toString() === String(this.#pings)) onAlive()
    })
  }

  event(event: WireEvent, happening: Happening): void {
    const messageId =
      happening.name === 'message.created' && this.#writing.echoed.has(event.event)
        ? happening.data.message.id
        : null
    this.#echoes.write(messageId, id => this.#send(this.#encoded(event, happening, id)))
  }

  /** In its place among the events: its pong says that those before it have arrived. */
  ping(): void {
    this.#echoes.write(null, () => {
      if (!this.#isOpen()) return
      this.#pings += 1
      this.#socket.ping(String(this.#pings))
    })
  }

  backlog(): number {
    return this.#socket.bufferedAmount
  }

  end(why: 'login-ended' | 'too-slow'): void {
    if (!this.#isOpen()) return
    if (why === 'too-slow') {
      this.#socket.close(ERRORS.unavailable.close, 'too slow: come back and catch up')
      setTimeout(() => this.#socket.terminate(), LEAVES_WITHIN_MS).unref()
      return
    }
    this.#send(frame('error', this.#loggedOut))
    this.#socket.close(ERRORS.unauthorized.close, 'unauthorized')
  }

  /** Made once for all; an answer is one connection's own. */
  #encoded(event: WireEvent, happening: Happening, id: FrameId | null): string {
    return id === null
      ? this.#writing.encode(event, happening)
      : frame(event.event, event.payload(happening), id)
  }

  #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  #send(text: string): void {
    if (this.#isOpen()) this.#socket.send(text)
  }
}
