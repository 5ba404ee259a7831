import { io } from 'socket.io-client'
import { ParleyError } from '../errors.ts'
import { SOCKET_EVENTS, spellSocketCall } from './all-events.ts'
import type { Link, LinkListener, LinkOptions } from './link.ts'
import { readAck, readEvent } from './socket-io-wire.ts'
import { readFailure, readRefusal, type WireAck } from './wire-failure.ts'

/** The handshake, one transport after the other. Milliseconds. */
const OPEN_TIMEOUT_MS = 10_000

export function openSocketIo({ url, token, protocol }: LinkOptions, listener: LinkListener): Link {
  const socket = io(url, {
    auth: token === null ? { protocol } : { protocol, token },
    forceNew: true,
    reconnection: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    withCredentials: token === null,
    timeout: OPEN_TIMEOUT_MS,
  })
  const end = (error: ParleyError) => {
    socket.off()
    socket.offAny()
    socket.disconnect()
    listener.closed(error)
  }
  socket.on('connect', listener.opened)
  socket.on('connect_error', error => end(readRefusal(error)))
  socket.on('disconnect', why => end(new ParleyError('unreachable', { message: why })))
  socket.onAny((name: string, payload: unknown) => {
    const event = readEvent(SOCKET_EVENTS, name, payload)
    if (event) listener.event(event)
  })
  return {
    async request(operation, input, timeoutMs) {
      const { event, payload } = spellSocketCall(operation, input as object)
      const ack: WireAck = await socket
        .timeout(timeoutMs)
        .emitWithAck(event, payload)
        .catch((cause: unknown) => {
          throw new ParleyError('unreachable', { cause })
        })
      if (!ack.ok) throw readFailure(ack.error)
      return readAck(operation, ack)
    },
    close() {
      socket.off()
      socket.offAny()
      socket.disconnect()
    },
  }
}
