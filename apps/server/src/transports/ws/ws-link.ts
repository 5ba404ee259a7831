import { ERRORS, type Happening } from '@parley/contracts'
import type { WebSocket } from 'ws'
import type { ToldFailure } from '../../operations/failure.ts'
import type { Encode } from '../live/encoder.ts'
import type { WireEvent } from '../live/hearing.ts'
import type { Link } from '../live/live-connection.ts'
import { frame } from './frame.ts'

/** A raw WebSocket as core writes to it. */
export class WsLink implements Link {
  readonly #socket: WebSocket
  readonly #encode: Encode<string>
  readonly #loggedOut: ToldFailure
  #pings = 0

  constructor(socket: WebSocket, encode: Encode<string>, loggedOut: ToldFailure, onAlive: () => void) {
    this.#socket = socket
    this.#encode = encode
    this.#loggedOut = loggedOut
    // A pong carries its ping's data; one that answers several answers the latest.
    socket.on('pong', data => {
      if (data.toString() === String(this.#pings)) onAlive()
    })
  }

  event(event: WireEvent, happening: Happening): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(this.#encode(event, happening))
  }

  ping(): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    this.#pings += 1
    this.#socket.ping(String(this.#pings))
  }

  backlog(): number {
    return this.#socket.bufferedAmount
  }

  end(why: 'login-ended' | 'too-slow'): void {
    if (why === 'too-slow') {
      this.#socket.terminate()
      return
    }
    this.#socket.send(frame('error', this.#loggedOut))
    this.#socket.close(ERRORS.unauthorized.close, 'unauthorized')
  }
}
