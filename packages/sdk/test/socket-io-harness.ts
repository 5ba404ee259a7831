import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  CHAT_CALLS,
  type Happening,
  respell,
  SESSION_CHANGED,
  SUPPORT_CALLS,
  SUPPORT_EVENTS,
  SYNCED_EVENTS,
} from '@parley/contracts'
import { Server } from 'socket.io'
import type { LinkEvent, OpenLink } from '../src/connection/link.ts'
import type { Message } from '../src/contract-types.ts'
import type { LinkHarness } from './link-suite.ts'

const CALLS = new Map([...SUPPORT_CALLS, ...CHAT_CALLS].map(binding => [binding.event, binding]))
const EVENTS = [...SUPPORT_EVENTS, ...SYNCED_EVENTS]

type Told = { readonly code: string; readonly message: string; readonly retryAfter?: number }

/** As the server would spell it to a connection of the support family that has synced. */
function spelled(event: LinkEvent): [name: string, payload: unknown] {
  const { name, ...data } = event
  if (event.name === 'session.changed') {
    // The binding reads these fields of whatever counted event has no name of its own.
    const happening = { name: 'session.ended', data } as unknown as Happening
    return [SESSION_CHANGED.event, SESSION_CHANGED.payload(happening)]
  }
  const binding = EVENTS.find(({ of }) => of === name)
  if (!binding) throw new Error(`${name} has no spelling`)
  const operator = event.name === 'session.assigned' ? { operator: event.session.operator } : {}
  return [binding.event, binding.payload({ ...data, ...operator } as never)]
}

/** A real Socket.IO server on a free port, spelling as the contracts say. */
export async function socketIoHarness(open: OpenLink, forVisitors = false): Promise<LinkHarness> {
  const http = createServer()
  const io = new Server(http)
  const tokens = new Set<unknown>()
  const asked: { operation: string; input: object }[] = []
  let refusal: Told | null = null
  let answer: Message | null = null
  let failure: Told | null = null
  let ignored = 0

  io.use((socket, next) => {
    const { token } = socket.handshake.auth
    const told = refusal ?? (tokens.has(token) ? null : { code: 'unauthorized', message: 'No' })
    next(told ? Object.assign(new Error(told.code), { data: told }) : undefined)
  })
  io.on('connection', socket => {
    socket.onAny((event: string, payload: unknown, acknowledge: (answer: object) => void) => {
      const binding = CALLS.get(event)
      if (!binding) throw new Error(`${event} is no call`)
      asked.push({ operation: binding.operation, input: respell(payload, binding) as object })
      if (ignored > 0) ignored -= 1
      else if (failure) acknowledge({ ok: false, error: failure })
      else acknowledge({ ok: true, ...binding.acknowledge((answer ?? {}) as never) })
    })
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    open,
    unnamed: new Set(),
    forVisitors,
    admit: token => void tokens.add(token),
    refuse(error) {
      refusal = error
    },
    answerSend(message) {
      answer = message
    },
    failSend(error) {
      failure = error
    },
    ignoreNext() {
      ignored += 1
    },
    asked: () => asked,
    tell(event) {
      io.emit(...spelled(event))
    },
    cut() {
      for (const socket of io.sockets.sockets.values()) socket.conn.close()
    },
    close: () => io.close(),
  }
}
