import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { CHAT_CALLS, Failure, FRAME_CALLS } from '@parley/contracts'
import { type WebSocket, WebSocketServer } from 'ws'
import { callTable } from '../live/call-table.ts'
import { encodeOnce } from '../live/encoder.ts'
import { type LiveDoorParts, liveContext } from '../live/live-door.ts'
import type { Admitted } from '../live/recheck.ts'
import { frame } from './frame.ts'
import { type WsDoorParts, WsSession } from './ws-session.ts'

/** Bytes of one frame. */
const FRAME_MAX = 65_536
/** The replies that are events too. */
const ECHOED: ReadonlySet<string> = new Set(
  FRAME_CALLS.flatMap(({ echo, reply }) => (echo && reply ? [reply.event] : [])),
)
const SUBPROTOCOL = 'parley'
const BEARER = 'bearer.'

export const WS_PATH = '/ws'

export interface WsDoor {
  /** Throws what is to be answered before the upgrade. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
  close(): void
}

/** A connection whose other end answers nothing for `heartbeatMs` is dead. */
export function createWsDoor(live: LiveDoorParts, heartbeatMs: number): WsDoor {
  const parts: WsDoorParts = {
    ...live,
    calls: callTable(FRAME_CALLS, CHAT_CALLS),
    echoed: ECHOED,
    encode: encodeOnce(
      (event, payload) => frame(event, payload),
      happening => live.observe.delivered(happening),
    ),
  }
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_MAX,
    perMessageDeflate: false,
    // The token is a subprotocol too, and must never be the one that is chosen.
    handleProtocols: offered => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  })
  const heartbeat = startHeartbeat(server, heartbeatMs)
  return {
    async handleUpgrade(request, socket, head) {
      const context = liveContext(parts.gate, request)
      const admitted = await admit(parts, request)
      server.handleUpgrade(request, socket, head, webSocket => {
        server.emit('connection', webSocket, request)
        new WsSession(parts, webSocket, admitted, context).start()
      })
    },
    close() {
      clearInterval(heartbeat)
      // 1012, service restart: a client comes back.
      for (const socket of server.clients) socket.close(1012)
      server.close()
    },
  }
}

/** By the token of the header, or for browsers, which can't send one, of the subprotocols. */
async function admit({ gate, identify, limits }: LiveDoorParts, request: IncomingMessage): Promise<Admitted> {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim())
  const token = offered.find(name => name.startsWith(BEARER))?.slice(BEARER.length)
  const bearer = gate.credentials(request, 'none').bearer ?? token ?? null
  const credentials = { bearer, apiKey: null, consoleCookie: null, open: false }
  const address = gate.address(request)
  const caller = await identify(credentials, address)
  await limits.request(caller, address)
  if (caller.kind !== 'person') throw new Failure('unauthorized')
  return { person: caller, credentials }
}

function startHeartbeat(server: WebSocketServer, everyMs: number): NodeJS.Timeout {
  const silent = new WeakSet<WebSocket>()
  server.on('connection', socket => watch(socket, silent))
  const timer = setInterval(() => {
    for (const socket of server.clients) {
      if (silent.has(socket)) socket.terminate()
      silent.add(socket)
      socket.ping()
    }
  }, everyMs)
  timer.unref()
  return timer
}

function watch(socket: WebSocket, silent: WeakSet<WebSocket>): void {
  for (const sign of ['message', 'pong', 'ping'] as const) socket.on(sign, () => void silent.delete(socket))
}
