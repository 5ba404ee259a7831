import type { IncomingMessage } from 'node:http'
import { Failure, OLDEST_PROTOCOL, PROTOCOL_VERSION } from '@parley/contracts'
import type { Credentials } from '../../operations/types.ts'
import type { LiveContext, LiveDoorParts } from '../live/live-door.ts'
import { believe } from '../live/open-identity.ts'
import type { Admitted } from '../live/recheck.ts'

/** What a client says in the handshake: `io(url, { auth })`. All of it is optional. */
export interface HandshakeAuth {
  readonly token?: unknown
  readonly protocol?: unknown
  /** In open mode without a token: who it is. */
  readonly userId?: unknown
  readonly name?: unknown
}

export interface Handshake {
  readonly request: IncomingMessage
  readonly auth: HandshakeAuth
  readonly context: LiveContext
  readonly requestId: string
}

/**
 * Who connects. null: an open-mode connection that may still say so with its first call.
 * A handshake counts as a request. An API key is no credential here: the integrator's own server calls over REST.
 */
export async function admit(parts: LiveDoorParts, handshake: Handshake): Promise<Admitted | null> {
  assertProtocol(handshake.auth.protocol)
  const { context, auth, requestId } = handshake
  const credentials = credentialsOf(parts, handshake)
  const caller = await parts.identify(credentials, context.address)
  await parts.limits.request(caller, context.address)
  if (caller.kind === 'person') return { person: caller, credentials }
  if (caller.kind === 'anyone' || !context.open) throw new Failure('unauthorized')
  if (auth.userId === undefined) return null
  const person = await believe(parts, { userId: auth.userId, name: auth.name }, context, requestId)
  return { person, credentials: null }
}

function credentialsOf({ gate }: LiveDoorParts, { request, auth }: Handshake): Credentials {
  const found = gate.credentials(request, gate.admit(request))
  return { ...found, bearer: tokenOf(auth.token) ?? found.bearer, apiKey: null }
}

function tokenOf(token: unknown): string | null {
  if (token === undefined || token === null || token === '') return null
  return typeof token === 'string' ? token.replace(/^Bearer +/i, '') : ''
}

/** Clients that don't say what they speak are the documented ones. */
function assertProtocol(protocol: unknown): void {
  if (protocol === undefined || protocol === null) return
  const spoken = Number.isInteger(protocol) ? Number(protocol) : 0
  if (spoken < OLDEST_PROTOCOL) throw new Failure('protocol_outdated')
  // A newer client during an update of the servers: another node may know it already.
  if (spoken > PROTOCOL_VERSION) throw new Failure('unavailable', { reason: 'protocol' })
}
