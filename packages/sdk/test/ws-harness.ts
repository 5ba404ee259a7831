import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  CHAT_CALLS,
  ERRORS,
  FRAME_CALLS,
  FRAME_EVENTS,
  type Happening,
  respell,
  SESSION_CHANGED,
  SYNCED_EVENTS,
} from '@parley/contracts'
import { type WebSocket, WebSocketServer } from 'ws'
import type { LinkEvent, OpenLink } from '../src/connection/link.ts'
import type { Message } from '../src/contract-types.ts'
import type { LinkHarness } from './link-suite.ts'

const CALLS = new Map([...CHAT_CALLS, ...FRAME_CALLS].map(binding => [binding.event, binding]))
const EVENTS = [...FRAME_EVENTS, ...SYNCED_EVENTS]

type Told = { readonly code: keyof typeof ERRORS; readonly message: string; readonly retryAfter?: number }

/** As the server would spell it on a connection of `/ws` that has synced. */
function spelled(event: LinkEvent, userId: string): { type: string; data: unknown } {
  const { name, ...data } = event
  const binding = EVENTS.find(({ of, hears }) => of === name && (hears?.(data as never, userId) ?? true))
  if (binding) return { type: binding.event, data: binding.payload(data as never) }
  // The binding reads these fields of whatever counted event has no name of its own.
  const happening = { name: 'session.ended', data } as unknown as Happening
  return { type: SESSION_CHANGED.event, data: SESSION_CHANGED.payload(happening) }
}

export interface WsHarness extends LinkHarness {
  /** Answers no call, until it is told otherwise. */
  fallSilent(): void
  /** A ping of the protocol to every connection. */
  ping(): void
  /** Credentials as they came, newest last. */
  readonly tokens: readonly (string | null)[]
  readonly protocols: readonly string[]
  /** A frame to every connection. */
  say(type: string, data: unknown): void
}

function tokenOf({ headers }: IncomingMessage): string | null {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim())
  const bearer = offered.find(name => name.startsWith('bearer.'))?.slice('bearer.'.length)
  return headers.authorization?.replace('Bearer ', '') ?? bearer ?? null
}

/** A real WebSocket server on a free port, spelling as the contracts say. */
export async function wsHarness(open: OpenLink): Promise<WsHarness> {
  const admitted = new Set<string | null>()
  const tokens: (string | null)[] = []
  const protocols: string[] = []
  const asked: { operation: string; input: object }[] = []
  let refusal: Told | null = null
  let answer: Message | null = null
  let failure: Told | null = null
  let ignored = 0

  const whyNot = (request: IncomingMessage): Told | null =>
    refusal ?? (admitted.has(tokenOf(request)) ? null : { code: 'unauthorized', message: 'No' })

  const http = createServer((request, response) => {
    const told = whyNot(request)
    const body = told ? { success: false, error: told.code, message: told.message } : { success: true }
    const later = told?.retryAfter === undefined ? {} : { 'Retry-After': String(told.retryAfter) }
    response.writeHead(told ? ERRORS[told.code].status : 200, later).end(JSON.stringify(body))
  })
  const server = new WebSocketServer({ noServer: true, handleProtocols: () => 'parley' })
  http.on('upgrade', (request, socket, head) => {
    tokens.push(tokenOf(request))
    const told = whyNot(request)
    if (told) return void socket.end(`HTTP/1.1 ${ERRORS[told.code].status} No\r\nConnection: close\r\n\r\n`)
    server.handleUpgrade(request, socket, head, webSocket => serve(webSocket))
  })

  function serve(socket: WebSocket): void {
    protocols.push(socket.protocol)
    const send = (type: string, data: unknown, id?: number) => socket.send(JSON.stringify({ type, id, data }))
    socket.on('message', text => {
      const { type, data, id } = JSON.parse(String(text)) as { type: string; data: unknown; id: number }
      const binding = CALLS.get(type)
      if (!binding) return send('error', { code: 'validation_failed', message: 'No such type' }, id)
      asked.push({ operation: binding.operation, input: respell(data, binding) as object })
      if (ignored > 0) ignored -= 1
      else if (failure) send('error', failure, id)
      else send('ack', { ok: true, ...binding.acknowledge((answer ?? {}) as never) }, id)
    })
    send('connected', { userId: 'lin' })
  }

  const each = (work: (socket: WebSocket) => void) => {
    for (const socket of server.clients) work(socket)
  }
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    open,
    unnamed: new Set(['session.assigned', 'session.waiting', 'session.ended']),
    forVisitors: false,
    admit: token => void admitted.add(token),
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
    tell: event => each(socket => socket.send(JSON.stringify(spelled(event, 'lin')))),
    cut: () => each(socket => socket.terminate()),
    async close() {
      each(socket => socket.terminate())
      http.closeAllConnections()
      await new Promise<unknown>(resolve => http.close(resolve))
    },
    fallSilent() {
      ignored = Number.POSITIVE_INFINITY
    },
    ping: () => each(socket => socket.ping()),
    tokens,
    protocols,
    say: (type, data) => each(socket => socket.send(JSON.stringify({ type, data }))),
  }
}
