import type { RawInput, User } from '../contract-types.ts'
import type { CallOutput } from '../rest/route.ts'

export interface SignedIn {
  readonly user: User
  /** The number had no account; it has one now. */
  readonly isNewUser: boolean
}

/**
 * Signing in where the client looks after the tokens itself (`auth: { kind: 'login' }`). They are kept in `storage`,
 * renewed when the server no longer takes them, by one tab at a time, and are the same in all tabs of a browser.
 */
export interface Login {
  /** Is there somebody whose tokens are kept? */
  isSignedIn(): Promise<boolean>
  /** Six digits by SMS. `retryAfter`: seconds until the number gets another one; before, `rate_limited`. */
  sendCode(phone: string): Promise<CallOutput<'auth.send-code'>>
  /** A wrong code is `unauthorized`. Connects. */
  verifyCode(input: RawInput<'auth.verify-code'>): Promise<SignedIn>
  /** By username and password: `unauthorized` if they are wrong. Connects. */
  withPassword(input: RawInput<'auth.login'>): Promise<SignedIn>
  /** Ends the login on the server, as far as it can be reached, and forgets everything that is kept here. */
  logout(): Promise<void>
}
