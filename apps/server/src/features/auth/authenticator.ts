import { Failure, type OperationName } from '@parley/contracts'
import type { Caller, Key, Person } from '@parley/core'
import { type Authenticator, OPEN_KEY_ID } from '../../operations/types.ts'
import type { Revocations } from './revocations.ts'
import type { Tokens } from './tokens.ts'

export interface AuthenticatorParts {
  readonly bearer: Tokens
  readonly console: Tokens
  readonly revocations: Revocations
  /** The id of the API key, if it is one that is in force. */
  readonly keyIdOf: (apiKey: string) => Promise<string | null>
  /** Does the account still have the password that somebody else made? */
  readonly mustChangePassword: (userId: string) => Promise<boolean>
  /** Tokens of logins from before the site was made belong to one that is no more. Milliseconds. */
  readonly siteMadeAt: number
}

export function createAuthenticator(parts: AuthenticatorParts): Authenticator {
  const personOf = async (
    tokens: Tokens,
    token: string,
    operation?: OperationName,
  ): Promise<Person | null> => {
    const subject = tokens.verify(token)
    if (subject === null || subject.loginAt < parts.siteMadeAt || parts.revocations.isRevoked(subject))
      return null
    const { userId, role, name, loginId } = subject
    // The account decides: the answer that brought the cookie of the changed password may have been lost on its way.
    const held = subject.mustChangePassword && !WITH_FIRST_PASSWORD.has(operation)
    if (held && (await parts.mustChangePassword(userId))) throw mustChangePassword()
    return { kind: 'person', userId, role, name, loginId }
  }

  const keyOf = async (apiKey: string): Promise<Key | null> => {
    const keyId = await parts.keyIdOf(apiKey)
    return keyId === null ? null : { kind: 'key', keyId }
  }

  return {
    async identify({ bearer, apiKey, consoleCookie, open }, operation) {
      if (bearer !== null) return (await personOf(parts.bearer, bearer)) ?? refused()
      if (apiKey !== null) return (await keyOf(apiKey)) ?? refused()
      // A browser brings the cookie along unasked: a dead one must not stand in the way of signing in.
      if (consoleCookie !== null) return (await personOf(parts.console, consoleCookie, operation)) ?? ANYONE
      return open ? { kind: 'key', keyId: OPEN_KEY_ID } : ANYONE
    },
  }
}

/** All that a console's login may do whose password somebody else has made. */
const WITH_FIRST_PASSWORD: ReadonlySet<OperationName | undefined> = new Set([
  'auth.me',
  'auth.change-password',
  'console.sign-out',
])

const mustChangePassword = () => new Failure('forbidden', { reason: 'password' })

const ANYONE: Caller = { kind: 'anyone' }

function refused(): never {
  throw new Failure('unauthorized', { reason: 'credential' })
}
