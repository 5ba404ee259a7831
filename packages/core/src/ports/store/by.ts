import type { Actor } from '../../access/caller.ts'

/** Who did something, for the audit row that is kept in the same step. */
export interface By {
  readonly actor: Actor
  readonly requestId: string | null
}
