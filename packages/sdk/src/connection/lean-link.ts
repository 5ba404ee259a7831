import { ParleyError } from '../errors.ts'
import { openEngine } from './engine.ts'
import type { Link, LinkListener, LinkOptions } from './link.ts'
import { readAck, readEvent, spellCall, VISITOR_EVENTS } from './socket-io-wire.ts'
import { readFailure, readRefusal, type WireAck } from './wire-failure.ts'

/** Socket.IO's packets: a digit, the number of what is to be acknowledged or was, JSON. No binary ones, one namespace. */
const CONNECT = '0'
const DISCONNECT = '1'
const EVENT = '2'
const ACK = '3'
const CONNECT_ERROR = '4'
const PACKET = /^(\d)(\d*)(.*)$/s

/**
 * What stock socket.io-client does for a page that loads every byte on somebody else's site, in a tenth of its size.
 * https://github.com/socketio/socket.io-protocol (5)
 */
export function openLean({ url, token, protocol }: LinkOptions, listener: LinkListener): Link {
  const asked = new Map<number, (ack: WireAck | null) => void>()
  let asks = 0
  let over = false

  const end = () => {
    over = true
    engine.close()
    for (const answer of asked.values()) answer(null)
    asked.clear()
  }
  const lost = (error: ParleyError) => {
    end()
    listener.closed(error)
  }
  const heard = ([name, payload]: [name: string, payload: unknown]) => {
    const event = readEvent(VISITOR_EVENTS, name, payload)
    if (event) listener.event(event)
  }
  const message = (text: string) => {
    const [, type, id, json] = PACKET.exec(text) ?? []
    const content = json ? JSON.parse(json) : undefined
    if (type === EVENT) heard(content)
    else if (type === ACK) asked.get(Number(id))?.(content[0])
    else if (type === CONNECT) listener.opened()
    else if (type === CONNECT_ERROR) lost(readRefusal(content))
    else if (type === DISCONNECT) lost(new ParleyError('unreachable'))
  }
  const engine = openEngine(url, {
    opened: () => engine.send(CONNECT + JSON.stringify(token === null ? { protocol } : { protocol, token })),
    message,
    closed: why => lost(new ParleyError('unreachable', { message: why })),
  })

  /** `null`: no answer will come. */
  const ask = (packet: unknown, timeoutMs: number) =>
    new Promise<WireAck | null>(resolve => {
      if (over) return resolve(null)
      const id = asks++
      const answer = (ack: WireAck | null) => {
        clearTimeout(timer)
        asked.delete(id)
        resolve(ack)
      }
      const timer = setTimeout(answer, timeoutMs, null)
      asked.set(id, answer)
      engine.send(EVENT + id + JSON.stringify(packet))
    })

  return {
    async request(operation, input, timeoutMs) {
      const { event, payload } = spellCall(operation, input as object)
      const ack = await ask([event, payload], timeoutMs)
      if (!ack) throw new ParleyError('unreachable')
      if (!ack.ok) throw readFailure(ack.error)
      return readAck(operation, ack)
    },
    close: end,
  }
}
