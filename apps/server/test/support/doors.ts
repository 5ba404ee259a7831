import type { AddressInfo } from 'node:net'
import { Failure, type Role } from '@parley/contracts'
import type { Caller } from '@parley/core'
import type { FastifyInstance } from 'fastify'
import type { FileServing } from '../../src/features/file/index.ts'
import { createIdentify } from '../../src/operations/identify.ts'
import { createLimits } from '../../src/operations/limits/limits.ts'
import { MemoryRateCounter } from '../../src/operations/limits/memory-rate-counter.ts'
import { createRunOperation } from '../../src/operations/run-operation.ts'
import {
  type Authenticator,
  type Credentials,
  type Handlers,
  OPEN_KEY_ID,
} from '../../src/operations/types.ts'
import { UnderWay } from '../../src/operations/under-way.ts'
import { createFrontGate, type GateSettings } from '../../src/transports/http/front-gate.ts'
import { createHttpApp } from '../../src/transports/http/http-app.ts'
import { routeUpgrades } from '../../src/transports/http/upgrades.ts'
import { startRecheck } from '../../src/transports/live/recheck.ts'
import { routeFiles } from '../../src/transports/pages/file-pages.ts'
import { openRest } from '../../src/transports/rest/rest-door.ts'
import { createSocketioDoor, SOCKETIO_PATH } from '../../src/transports/socketio/socketio-door.ts'
import { routeSocketio } from '../../src/transports/socketio/socketio-routes.ts'
import { openTrpc } from '../../src/transports/trpc/trpc-door.ts'
import { createWsDoor, WS_PATH } from '../../src/transports/ws/ws-door.ts'
import { type Called, exampleHandlers } from './example-handlers.ts'
import { FakeNode } from './fake-node.ts'

const person = (role: Role, userId = `${role}-1`): Caller => ({
  kind: 'person',
  userId,
  role,
  name: null,
  loginId: `login-of-${userId}`,
})

/** `Bearer admin` is an admin, `X-API-Key: key` a key, and so on: what a credential proves is not tested here. */
const authenticator: Authenticator = {
  identify: credentials => Promise.resolve(credentials).then(callerOf),
}

function callerOf({ bearer, apiKey, consoleCookie, open }: Credentials): Caller {
  if (bearer !== null) return personNamed(bearer)
  if (apiKey !== null) return apiKey === 'key' ? { kind: 'key', keyId: 'key-1' } : refused()
  if (consoleCookie !== null) return personNamed(consoleCookie)
  return open ? { kind: 'key', keyId: OPEN_KEY_ID } : { kind: 'anyone' }
}

const ROLES: readonly string[] = ['admin', 'operator', 'visitor', 'user', 'system']
/** `user` is one user, `user:ada` another. */
function personNamed(token: string): Caller {
  const [role = '', userId] = token.split(':')
  return ROLES.includes(role) ? person(role as Role, userId) : refused()
}

function refused(): never {
  throw new Failure('unauthorized', { reason: 'credential' })
}

export interface DoorOptions {
  readonly settings?: Partial<GateSettings>
  readonly rateLimitPerMinute?: number
  readonly sendLimitPerMinute?: number
  readonly handlers?: Partial<Handlers>
  /** Handshakes of one address that have not gone on to connect. */
  readonly pendingMax?: number
  readonly siteOrigins?: readonly string[]
  readonly files?: FileServing
  /** Of `/ws`. Milliseconds. */
  readonly heartbeatMs?: number
}

export interface Doors {
  readonly url: string
  readonly port: number
  readonly app: FastifyInstance
  readonly node: FakeNode
  readonly called: Called[]
  readonly faults: unknown[]
  /** Connections that are counted as open. */
  readonly open: () => number
  close(): Promise<void>
}

const SETTINGS: GateSettings = {
  production: false,
  publicUrl: null,
  frontendUrls: [],
  trustProxy: [],
  openTokens: false,
}

/** All doors over handlers that answer with the examples, on a free port. */
export async function openDoors(options: DoorOptions = {}): Promise<Doors> {
  const settings = { ...SETTINGS, ...options.settings }
  const called: Called[] = []
  const faults: unknown[] = []
  const node = new FakeNode()
  let open = 0
  const gate = createFrontGate(settings, () => options.siteOrigins ?? [])
  const { rateLimitPerMinute = 0, sendLimitPerMinute = 0 } = options
  const limits = createLimits({ rateLimitPerMinute, sendLimitPerMinute }, new MemoryRateCounter())
  const handlers = { ...exampleHandlers(called), ...options.handlers }
  const run = createRunOperation({
    handlers,
    limits,
    production: false,
    observe: () => undefined,
    underWay: new UnderWay(),
  })
  const reportFault = (error: unknown) => void faults.push(error)
  const identify = createIdentify(authenticator, limits)
  const count = (by: number) => () => {
    open += by
  }
  const observe = { opened: count(1), closed: count(-1), delivered: () => undefined }
  const recheck = startRecheck(identify)
  const live = { recheck, gate, identify, limits, run, node, reportFault, observe }
  const app = createHttpApp({ gate, tls: null, reportFault, observe: () => undefined })
  openRest(app, { gate, identify, run, production: false })
  if (options.files) routeFiles(app, { gate, identify, limits, files: options.files })
  await openTrpc(app, { gate, identify, run, reportFault })
  const socketio = createSocketioDoor(live, options.pendingMax)
  const ws = createWsDoor(live, options.heartbeatMs ?? 30_000)
  routeSocketio(app, socketio)
  routeUpgrades(app.server, {
    gate,
    reportFault,
    doors: { [SOCKETIO_PATH]: socketio.handleUpgrade, [WS_PATH]: ws.handleUpgrade },
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    app,
    node,
    called,
    faults,
    open: () => open,
    async close() {
      recheck.stop()
      socketio.close()
      ws.close()
      await app.close()
    },
  }
}
