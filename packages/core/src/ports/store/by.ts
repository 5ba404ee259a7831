import type { Actor } from '../../access/caller.ts'

/**
 * Who did something, for the audit row that is kept in the same step. Its action is the operation's name
 * (`message.delete`, `session.private`, `session.group`, …), its target the session.
 */
export interface By {
  readonly actor: Actor
  readonly requestId: string | null
}
