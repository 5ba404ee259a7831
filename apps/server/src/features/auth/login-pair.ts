import type { Output } from '@parley/contracts'
import { makeSecret } from '../../secrets/make-secret.ts'
import type { AuthParts } from './auth-parts.ts'
import type { Account, Login } from './auth-store.ts'
import { subjectOf, userOf } from './sign-in.ts'

export const newRefreshToken = (): string => makeSecret('rt_')

/** What a login answers with, whichever way it began. */
export async function loginPair(
  parts: AuthParts,
  { account, login }: { readonly account: Account; readonly login: Login },
  refreshToken: string,
): Promise<Output<'auth.login'>> {
  const { token, expiresIn } = parts.bearer.issue(subjectOf(account, login), parts.jwtExpiresInSeconds)
  const connected = await parts.connected([account.id])
  return {
    token,
    refreshToken,
    expiresIn,
    isNewUser: false,
    user: userOf(account, connected.has(account.id)),
  }
}
