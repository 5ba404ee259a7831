import type { Clock, Ids, TurnCommand, TurnOutcome } from '@parley/core'
import type { AuthStore, Ended } from './auth-store.ts'
import type { Revocations } from './revocations.ts'
import type { SignInThrottle } from './sign-in-throttle.ts'
import type { Tokens } from './tokens.ts'

/** What the handlers of sign-in work with. */
export interface AuthParts {
  readonly store: AuthStore
  readonly revocations: Revocations
  readonly throttle: SignInThrottle
  /** Of API and sockets. */
  readonly bearer: Tokens
  /** Of the console's cookie. */
  readonly console: Tokens
  readonly clock: Clock
  readonly ids: Ids
  /** Of a login with a password. */
  readonly jwtExpiresInSeconds: number
  readonly identitySecret: () => string
  readonly connected: (userIds: readonly string[]) => Promise<ReadonlySet<string>>
  /** Decides and tells everyone what was decided. */
  readonly turn: (command: TurnCommand) => Promise<TurnOutcome>
  /** On every node: connections close, and its tokens are looked up anew. */
  readonly endConnections: (login: {
    readonly loginId: string | null
    readonly userId: string | null
  }) => void
  /** Tells those who watch that these operators are new or have changed. */
  readonly operatorsChanged: (operatorIds: readonly string[]) => void
  /** The password that was in a file of the first start is no more: the file can go. */
  readonly passwordGone: (password: string) => Promise<void>
}

/** Makes what ended in the table count here at once, and closes the connections. */
export function spread(parts: Pick<AuthParts, 'revocations' | 'endConnections'>, ended: Ended): void {
  parts.revocations.note(ended.revocations)
  for (const loginId of ended.loginIds) parts.endConnections({ loginId, userId: null })
}
