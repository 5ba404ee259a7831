import { Failure } from '@parley/contracts'
import type { CallContext } from '../node/chat-node.ts'
import type { Actor, Caller } from './caller.ts'
import { invalid } from './invalid.ts'

/**
 * The person in whose name the caller acts. A person's claim must be absent or its own id (I3), a key must name one
 * (I4): `field` is the input's field that does.
 */
export function whoActs(caller: Caller, claimedId: string | undefined, field = 'userId'): string {
  switch (caller.kind) {
    case 'anyone':
      throw new Failure('unauthorized')
    case 'key':
      if (claimedId === undefined) throw invalid(field, 'is required')
      return claimedId
    case 'person':
      if (claimedId !== undefined && claimedId !== caller.userId) throw new Failure('identity_mismatch')
      return caller.userId
  }
}

/** Who the audit says it was. */
export function actorOf({ caller }: CallContext, actingFor: string | null = null): Actor {
  switch (caller.kind) {
    case 'anyone':
      throw new Failure('unauthorized')
    case 'key':
      return { kind: 'key', id: caller.keyId, actingFor }
    case 'person':
      return { kind: 'person', id: caller.userId, actingFor: null }
  }
}
