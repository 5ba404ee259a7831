import { Failure } from '@parley/contracts'
import type { Handlers } from '../../operations/types.ts'
import { hashOfSecret } from '../../secrets/make-secret.ts'
import { type AuthParts, spread } from './auth-parts.ts'
import { callingPerson } from './calling-person.ts'
import { refreshMs } from './lifetimes.ts'
import { loginPair, newRefreshToken } from './login-pair.ts'
import { beginLogin, signIn } from './sign-in.ts'

type LoginHandlers = Pick<Handlers, 'auth.login' | 'auth.refresh' | 'auth.logout'>

export const loginHandlers = (parts: AuthParts): LoginHandlers => ({
  'auth.login': async (context, input) => {
    const account = await signIn(parts, context, input)
    const refresh = newRefreshToken()
    const begun = await beginLogin(parts, context, account, {
      kind: 'password',
      lastsMs: refreshMs(parts.jwtExpiresInSeconds),
      refresh: { id: parts.ids.next(), hash: hashOfSecret(refresh) },
      passwordHash: account.passwordHash,
    })
    return await loginPair(parts, begun, refresh)
  },

  'auth.refresh': async (_context, input) => {
    const now = parts.clock.now()
    const next = newRefreshToken()
    const rotation = await parts.store.rotateRefresh(
      hashOfSecret(input.refreshToken),
      { id: parts.ids.next(), hash: hashOfSecret(next) },
      now,
      now + refreshMs(parts.jwtExpiresInSeconds),
    )
    if (rotation.kind === 'rotated') return await loginPair(parts, rotation, next)
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
