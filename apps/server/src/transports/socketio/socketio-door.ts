import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { CHAT_CALLS, ERRORS, Failure, SUPPORT_CALLS } from '@parley/contracts'
import { Server as EngineServer } from 'engine.io'
import { Server, type Socket } from 'socket.io'
import type { ToldFailure } from '../../operations/failure.ts'
import { corsHeaders } from '../http/cors.ts'
import { callTable } from '../live/call-table.ts'
import { encodeOnce } from '../live/encoder.ts'
import { type LiveDoorParts, liveContext } from '../live/live-door.ts'
import { toldFailure } from '../live/run-call.ts'
import { eventPacket } from './event-packet.ts'
import { admit, type HandshakeAuth } from './handshake.ts'
import { PENDING_MAX, PendingHandshakes } from './pending-handshakes.ts'
import { type SocketDoorParts, SocketSession } from './socket-session.ts'

/** Bytes of one packet. */
const PACKET_MAX = 65_536
/** A transport whose client does not go on to connect is closed. Milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000

export const SOCKETIO_PATH = '/socket.io'

export interface SocketioDoor {
  /** Long polling. Who may call from where has been asked by now. Both throw what is to be answered instead. */
  handleRequest(request: IncomingMessage, response: ServerResponse): void
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Ends every transport, so that stock clients look for a server that is there. */
  close(): void
}

export function createSocketioDoor(live: LiveDoorParts, pendingMax = PENDING_MAX): SocketioDoor {
  const parts: SocketDoorParts = {
    ...live,
    calls: callTable(SUPPORT_CALLS, CHAT_CALLS),
    encode: encodeOnce(eventPacket, happening => live.observe.delivered(happening)),
  }
  const engine = new EngineServer({
    maxHttpBufferSize: PACKET_MAX,
    perMessageDeflate: false,
    httpCompression: false,
    transports: ['polling', 'websocket'],
  })
  engine.on('headers', (headers: Record<string, string>, request: IncomingMessage) => {
    const { origin } = request.headers
    // Other origins have been turned away before; what is the own one needs no header and gets it all the same.
    if (origin) Object.assign(headers, corsHeaders(origin))
    headers['x-content-type-options'] = 'nosniff'
  })
  const pending = new PendingHandshakes(pendingMax)
  const addressOf = (request: IncomingMessage) => live.gate.address(request)
  engine.on('connection', (conn: Socket['conn']) => {
    const address = addressOf(conn.request)
    pending.begun(address, conn)
    conn.once('close', () => pending.over(address, conn))
  })
  const mayShakeHands = (request: IncomingMessage) => {
    if (isHandshake(request)) pending.makeRoom(addressOf(request))
  }
  const io = new Server({ serveClient: false, connectTimeout: CONNECT_TIMEOUT_MS })
  io.bind(engine)
  const sessions = new WeakMap<Socket, SocketSession>()
  io.use((socket, next) => {
    pending.over(addressOf(socket.request), socket.conn)
    shakeHands(parts, socket, session => sessions.set(socket, session)).then(() => next(), next)
  })
  io.on('connection', socket => {
    sessions.get(socket)?.open()
  })
  return {
    handleRequest(request, response) {
      mayShakeHands(request)
      engine.handleRequest(asEngineRequest(request), response)
    },
    handleUpgrade(request, socket, head) {
      mayShakeHands(request)
      engine.handleUpgrade(asEngineRequest(request), socket, head)
    },
    close: () => void engine.close(),
  }
}

/** The first request of a transport bears no id yet. */
const isHandshake = ({ url = '' }: IncomingMessage) => !/[?&]sid=/.test(url)

type EngineRequest = Parameters<EngineServer['handleRequest']>[0]
// engine.io fills in what an EngineRequest has beyond a request.
const asEngineRequest = (request: IncomingMessage): EngineRequest => request as EngineRequest

async function shakeHands(
  parts: SocketDoorParts,
  socket: Socket,
  keep: (session: SocketSession) => void,
): Promise<void> {
  const context = liveContext(parts.gate, socket.request)
  const requestId = randomUUID()
  const session = new SocketSession(parts, socket, context)
  watchEnd(socket, session)
  try {
    if (!isFirst(socket)) throw new Failure('conflict')
    const handshake = {
      request: socket.request,
      auth: socket.handshake.auth as HandshakeAuth,
      context,
      requestId,
    }
    const admitted = await admit(parts, handshake)
    if (admitted) await session.identify(admitted)
    keep(session)
  } catch (error) {
    throw refusal(socket, toldFailure(parts, error, context, requestId))
  }
}

/** The default namespace once a transport: a client that asks again and again must not fill the memory. */
const connected = new WeakSet<Socket['conn']>()
function isFirst({ conn }: Socket): boolean {
  if (connected.has(conn)) return false
  connected.add(conn)
  return true
}

/** The transport's end, also before Socket.IO has said hello, and the namespace's on a transport that stays. */
function watchEnd(socket: Socket, session: SocketSession): void {
  socket.conn.once('close', () => session.end())
  socket.on('disconnect', () => session.end())
}

/** `connect_error`: its message is the code, its data all that is told. */
function refusal(socket: Socket, failure: ToldFailure): Error {
  // Stock clients never come back after a connect_error, but do after a lost transport.
  if (ERRORS[failure.code].status >= 500) socket.conn.close()
  return Object.assign(new Error(failure.code), { data: failure })
}
