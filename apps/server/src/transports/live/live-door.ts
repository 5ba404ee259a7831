import type { IncomingMessage } from 'node:http'
import type { Happening } from '@parley/contracts'
import type { ChatNode } from '@parley/core'
import type { Identify } from '../../operations/identify.ts'
import type { Limits } from '../../operations/limits/limits.ts'
import type { RunOperation } from '../../operations/run-operation.ts'
import type { ServerContext } from '../../operations/types.ts'
import type { FrontGate } from '../http/front-gate.ts'
import type { Recheck } from './recheck.ts'

/** What the doors with lasting connections are built on. */
export interface LiveDoorParts {
  readonly gate: FrontGate
  readonly identify: Identify
  readonly limits: Limits
  readonly run: RunOperation
  readonly recheck: Recheck
  readonly node: Pick<ChatNode, 'connect' | 'disconnect' | 'ponged' | 'openInbox'>
  readonly reportFault: (error: unknown, requestId: string) => void
  readonly observe: LiveObserver
}

/** Told of lasting connections, for the metrics. */
export interface LiveObserver {
  opened(door: 'socketio' | 'ws'): void
  closed(door: 'socketio' | 'ws'): void
  /** A happening goes to its first listener of a door. */
  delivered(happening: Happening): void
}

/** What stays the same for all calls of a connection. */
export type LiveContext = Pick<ServerContext, 'address' | 'userAgent' | 'locale' | 'open'>

export const liveContext = (gate: FrontGate, request: IncomingMessage): LiveContext => ({
  address: gate.address(request),
  userAgent: request.headers['user-agent'] ?? null,
  locale: gate.locale(request),
  open: gate.isOpen(request),
})
