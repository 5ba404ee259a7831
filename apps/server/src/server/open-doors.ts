import type { ChatNode } from '@parley/core'
import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import type { Settings } from '../config/settings.ts'
import type { FileServing } from '../features/file/index.ts'
import { createIdentify } from '../operations/identify.ts'
import type { Limits } from '../operations/limits/limits.ts'
import type { RunOperation } from '../operations/run-operation.ts'
import type { Authenticator } from '../operations/types.ts'
import { createFrontGate } from '../transports/http/front-gate.ts'
import { createHttpApp } from '../transports/http/http-app.ts'
import { routeUpgrades } from '../transports/http/upgrades.ts'
import { startRecheck } from '../transports/live/recheck.ts'
import { routeConsole } from '../transports/pages/console-page.ts'
import { routeDemo } from '../transports/pages/demo-page.ts'
import { routeFiles } from '../transports/pages/file-pages.ts'
import { routeMetrics } from '../transports/pages/metrics-page.ts'
import { routeReference } from '../transports/pages/reference-page.ts'
import { routeWidget } from '../transports/pages/widget-pages.ts'
import { openRest } from '../transports/rest/rest-door.ts'
import { createSocketioDoor, SOCKETIO_PATH } from '../transports/socketio/socketio-door.ts'
import { routeSocketio } from '../transports/socketio/socketio-routes.ts'
import { openTrpc } from '../transports/trpc/trpc-door.ts'
import { createWsDoor, WS_PATH } from '../transports/ws/ws-door.ts'
import type { Observers } from './observe.ts'

export interface DoorsParts {
  readonly settings: Settings
  readonly tls: { readonly key: string; readonly cert: string } | null
  readonly authenticator: Authenticator
  readonly limits: Limits
  readonly run: RunOperation
  readonly node: ChatNode
  readonly files: FileServing
  readonly allowedOrigins: () => readonly string[]
  readonly observers: Observers
  readonly registry: Registry
  readonly version: string
  /** The repository's root: where the built screens are. */
  readonly root: string
}

export interface OpenDoors {
  readonly app: FastifyInstance
  /** Ends every lasting connection, so that its client looks for a server that is there. */
  endConnections(): void
}

/** Every door on one port. None is open before the app listens. */
export async function openDoors(parts: DoorsParts): Promise<OpenDoors> {
  const { settings, run, node, observers, limits } = parts
  const { production } = settings
  const { reportFault } = observers
  const gate = createFrontGate(settings, parts.allowedOrigins)
  const identify = createIdentify(parts.authenticator, limits)
  const app = createHttpApp({ gate, tls: parts.tls, reportFault, observe: observers.http })
  openRest(app, { gate, identify, run, production })
  await openTrpc(app, { gate, identify, run, reportFault })
  const recheck = startRecheck(identify)
  const live = { gate, identify, limits, run, node, recheck, reportFault, observe: observers.live }
  const socketio = createSocketioDoor(live)
  const ws = createWsDoor(live, settings.heartbeatMs)
  routeSocketio(app, socketio)
  const doors = { [SOCKETIO_PATH]: socketio.handleUpgrade, [WS_PATH]: ws.handleUpgrade }
  routeUpgrades(app.server, { gate, reportFault, doors })
  routeConsole(app, `${parts.root}apps/operator-console/dist`)
  routeWidget(app, { folder: `${parts.root}apps/customer-widget/dist`, origins: gate.origins, production })
  routeFiles(app, { gate, identify, limits, files: parts.files })
  routeReference(app, parts.version)
  if (!production) routeDemo(app, gate)
  routeMetrics(app, { gate, identify, registry: parts.registry })
  return {
    app,
    endConnections() {
      recheck.stop()
      socketio.close()
      ws.close()
    },
  }
}
