import type { Happening } from '@parley/contracts'
import type { Socket } from 'socket.io'
import type { WebSocket } from 'ws'
import type { ToldFailure } from '../../operations/failure.ts'
import type { Encode } from '../live/encoder.ts'
import type { WireEvent } from '../live/hearing.ts'
import type { Link } from '../live/live-connection.ts'
import { type BatchedWrites, batchWrites } from './batched-writes.ts'
import type { EventPacket } from './event-packet.ts'

/**
 * A Socket.IO connection as core writes to it. Events bypass the adapter's rooms and the packet encoder: the node knows
 * its listeners, and the packet is made once for all of them.
 */
export class EngineLink implements Link {
  readonly #socket: Socket
  readonly #encode: Encode<EventPacket>
  readonly #loggedOut: ToldFailure
  readonly #writes: BatchedWrites
  #pingsSent = 0
  #pongsGot = 0
  /** The pong that answers the latest `ping()`; those before it may answer engine.io's own heartbeat. */
  #awaitedPong = 0

  constructor(socket: Socket, encode: Encode<EventPacket>, loggedOut: ToldFailure, onAlive: () => void) {
    this.#socket = socket
    this.#encode = encode
    this.#loggedOut = loggedOut
    const { conn } = socket
    this.#writes = batchWrites(conn)
    conn.on('packetCreate', (packet: { readonly type: string }) => {
      if (packet.type === 'ping') this.#pingsSent += 1
    })
    conn.on('heartbeat', () => this.#ponged(onAlive))
  }

  event(event: WireEvent, happening: Happening): void {
    const { text, options } = this.#encode(event, happening)
    this.#socket.conn.write(text, options)
  }

  /** A ping beside the heartbeat's own: pongs come in the order of pings, on every transport. */
  ping(): void {
    this.#writes.flush()
    const engine = this.#socket.conn as unknown as { sendPacket(type: 'ping'): void }
    engine.sendPacket('ping')
    this.#awaitedPong = this.#pingsSent
  }

  backlog(): number {
    return this.#writes.backlog()
  }

  /** Stock clients come back after a lost transport, and stay away after a disconnect by the server. */
  end(why: 'login-ended' | 'too-slow'): void {
    if (why === 'too-slow') {
      this.#drop()
      return
    }
    this.#socket.emit('error', { ...this.#loggedOut, event: null })
    this.#socket.disconnect(true)
  }

  /** A closing handshake would wait for a reader that does not read. */
  #drop(): void {
    const { conn } = this.#socket
    const { socket } = conn.transport as { socket?: Partial<WebSocket> }
    if (socket?.terminate) socket.terminate()
    else conn.close(true)
  }

  #ponged(onAlive: () => void): void {
    if (this.#pongsGot >= this.#pingsSent) return
    this.#pongsGot += 1
    if (this.#awaitedPong === 0 || this.#pongsGot < this.#awaitedPong) return
    this.#awaitedPong = 0
    onAlive()
  }
}
