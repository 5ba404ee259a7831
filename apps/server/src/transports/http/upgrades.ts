import type { IncomingMessage, Server } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { Failure } from '@parley/contracts'
import { failureOf, isOurFault } from '../../operations/failure.ts'
import { httpFailure } from './answers.ts'
import type { FrontGate } from './front-gate.ts'
import { requestIdOf } from './request-id.ts'

export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void | Promise<void>

export interface UpgradeParts {
  readonly gate: FrontGate
  readonly reportFault: (error: unknown, requestId: string) => void
  /** By path, without a slash at its end. What one throws is answered over HTTP, before the upgrade. */
  readonly doors: Readonly<Record<string, Upgrade>>
}

/** Hands each upgrade to its door, once its `Origin` may. There are no other upgrades. */
export function routeUpgrades(server: Server, parts: UpgradeParts): void {
  server.on('upgrade', (request, socket, head) => {
    // A connection that is reset before a door listens must not end the process.
    socket.on('error', () => socket.destroy())
    route(parts, request, socket, head).catch(error => refuse(parts, request, socket, error))
  })
}

async function route({ gate, doors }: UpgradeParts, request: IncomingMessage, socket: Duplex, head: Buffer) {
  const path = (request.url ?? '').split('?', 1)[0]?.replace(/\/$/, '') ?? ''
  const door = Object.hasOwn(doors, path) ? doors[path] : undefined
  if (!door) throw new Failure('not_found', { reason: 'route' })
  gate.admit(request)
  await door(request, socket, head)
}

function refuse(
  { gate, reportFault }: UpgradeParts,
  request: IncomingMessage,
  socket: Duplex,
  error: unknown,
): void {
  const requestId = requestIdOf(request)
  const failure = failureOf(error)
  if (isOurFault(failure)) reportFault(error, requestId)
  const { status, headers, body } = httpFailure(failure, gate.locale(request), requestId)
  const text = JSON.stringify(body)
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': Buffer.byteLength(text) })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}
