import type { Actor } from '../access/caller.ts'

const actor: Actor = { kind: 'system', id: null, actingFor: null }

/** What happens by itself: nobody asked for it. */
export const SYSTEM = { actor, requestId: null } as const
