import { Failure, type Output } from '@parley/contracts'
import type { Handlers } from '../../operations/types.ts'
import { hashOfSecret, makeSecret } from '../../secrets/make-secret.ts'
import { type AuthParts, spread } from './auth-parts.ts'
import type { Account, Login } from './auth-store.ts'
import { callingPerson } from './calling-person.ts'
import { refreshMs } from './lifetimes.ts'
import { beginLogin, signIn, subjectOf, userOf } from './sign-in.ts'

const REFRESH_PREFIX = 'rt_'

type LoginHandlers = Pick<Handlers, 'auth.login' | 'auth.refresh' | 'auth.logout'>

export const loginHandlers = (parts: AuthParts): LoginHandlers => ({
  'auth.login': async (context, input) => {
    const account = await signIn(parts, context, input)
    const refresh = makeSecret(REFRESH_PREFIX)
    const begun = await beginLogin(parts, context, account, {
      kind: 'password',
      lastsMs: refreshMs(parts.jwtExpiresInSeconds),
      refresh: { id: parts.ids.next(), hash: hashOfSecret(refresh) },
      passwordHash: account.passwordHash,
    })
    return await pair(parts, begun, refresh)
  },

  'auth.refresh': async (_context, input) => {
    const now = parts.clock.now()
    const next = makeSecret(REFRESH_PREFIX)
    const rotation = await parts.store.rotateRefresh(
      hashOfSecret(input.refreshToken),
      { id: parts.ids.next(), hash: hashOfSecret(next) },
      now,
      now + refreshMs(parts.jwtExpiresInSeconds),
    )
    if (rotation.kind === 'rotated') return await pair(parts, rotation, next)
    if (rotation.kind === 'reused')
      spread(parts, { revocations: rotation.revocations, loginIds: [rotation.login.id] })
    throw new Failure('unauthorized', { reason: 'credential' })
  },

  'auth.logout': async context => {
    const { loginId } = callingPerson(context)
    spread(parts, await parts.store.endLogin(loginId, parts.clock.now()))
    return { loggedOut: true }
  },
})

async function pair(
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
