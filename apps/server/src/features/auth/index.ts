import type { Handlers } from '../../operations/types.ts'
import type { AuthParts } from './auth-parts.ts'
import { consoleHandlers } from './console-handlers.ts'
import { identifyHandlers } from './identify-handlers.ts'
import { loginHandlers } from './login-handlers.ts'
import { passwordHandlers } from './password-handlers.ts'
import { profileHandlers } from './profile-handlers.ts'
import { tokenHandlers } from './token-handlers.ts'

export { type AuthParts, spread } from './auth-parts.ts'
export type {
  Account,
  AuthStore,
  Ended,
  Login,
  NewLogin,
  RefreshSecret,
  Rotation,
} from './auth-store.ts'
export { createAuthenticator } from './authenticator.ts'
export { callingPerson } from './calling-person.ts'
export { longestTokenMs, refreshMs } from './lifetimes.ts'
export { loginPair, newRefreshToken } from './login-pair.ts'
export { networkOf } from './network.ts'
export { hashPassword, isPassword } from './passwords.ts'
export { createRevocations, type Revocation } from './revocations.ts'
export { describeLogin, userOf } from './sign-in.ts'
export { createSignInThrottle } from './sign-in-throttle.ts'
export { createTokens } from './tokens.ts'

export type AuthHandlers = Pick<
  Handlers,
  | 'auth.token'
  | 'auth.identify'
  | 'auth.login'
  | 'auth.refresh'
  | 'auth.logout'
  | 'auth.me'
  | 'auth.update-me'
  | 'auth.change-password'
  | 'console.sign-in'
  | 'console.sign-out'
>

export const authHandlers = (parts: AuthParts): AuthHandlers => ({
  ...tokenHandlers(parts),
  ...identifyHandlers(parts),
  ...loginHandlers(parts),
  ...profileHandlers(parts),
  ...passwordHandlers(parts),
  ...consoleHandlers(parts),
})
