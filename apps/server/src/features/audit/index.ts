import type { Actor, CallContext, Caller } from '@parley/core'

/** Something that staff or a key has done, for the audit: kept in the same transaction as what it tells of. */
export interface Deed {
  readonly actor: Actor
  readonly requestId: string | null
  /** A feature and a verb in the past: `operator.created`. */
  readonly action: string
  readonly targetKind: 'user' | 'operator' | 'site' | 'key' | 'login'
  readonly targetId: string
  /** What changed, without secrets. */
  readonly data: DeedData
}

export type DeedData = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

export function deed(
  context: Pick<CallContext, 'caller' | 'requestId'>,
  what: Pick<Deed, 'action' | 'targetKind' | 'targetId'> & { readonly data?: DeedData },
): Deed {
  return { actor: actorOf(context.caller), requestId: context.requestId, data: {}, ...what }
}

export function actorOf(caller: Caller): Actor {
  switch (caller.kind) {
    case 'person':
      return { kind: 'person', id: caller.userId, actingFor: null }
    case 'key':
      return { kind: 'key', id: caller.keyId, actingFor: null }
    case 'anyone':
      return { kind: 'system', id: null, actingFor: null }
  }
}
