import type { User } from '../account.ts'
import * as auth from '../auth.ts'
import { sendCode } from '../phone.ts'
import { rest } from './define.ts'
import { wireType, wireUser } from './entities.ts'
import { toWireType, toWireUser } from './spelling.ts'

const documented = true
const extra = false

const loginPair = auth.loginPair.extend({ user: wireUser })
const oneUser = (user: User) => ({ data: toWireUser(user) })
const signedIn = <T extends { user: User }>(output: T) => ({
  data: { ...output, user: toWireUser(output.user) },
})

/** Signing in, and who one is. */
export const ACCOUNT_ROUTES = [
  rest({
    method: 'POST',
    path: '/api/auth/token',
    operation: 'auth.token',
    values: { userType: { agent: 'operator' } },
    answer: output => ({ data: { ...output, userType: toWireType(output.userType) } }),
    data: auth.authToken.output.extend({ userType: wireType }),
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/auth/identify',
    operation: 'auth.identify',
    data: auth.authIdentify.output,
    documented: extra,
  }),
  rest({
    method: 'POST',
    path: '/api/auth/login',
    operation: 'auth.login',
    answer: signedIn,
    data: loginPair,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/auth/send-verification-code',
    operation: 'auth.send-code',
    data: sendCode.output,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/auth/verify-code',
    operation: 'auth.verify-code',
    answer: signedIn,
    data: loginPair,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/auth/refresh-token',
    operation: 'auth.refresh',
    answer: signedIn,
    data: loginPair,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/auth/logout',
    operation: 'auth.logout',
    data: auth.authLogout.output,
    documented,
  }),
  rest({ method: 'GET', path: '/api/auth/me', operation: 'auth.me', data: auth.me, documented: extra }),
  rest({
    method: 'PATCH',
    path: '/api/auth/me',
    operation: 'auth.update-me',
    data: auth.me,
    documented: extra,
  }),
  rest({
    method: 'POST',
    path: '/api/auth/change-password',
    operation: 'auth.change-password',
    data: auth.changePassword.output,
    documented: extra,
  }),
  rest({
    method: 'POST',
    path: '/api/console/login',
    operation: 'console.sign-in',
    data: auth.me,
    documented: extra,
  }),
  rest({
    method: 'POST',
    path: '/api/console/logout',
    operation: 'console.sign-out',
    data: auth.consoleSignOut.output,
    documented: extra,
  }),

  rest({
    method: 'GET',
    path: '/api/user/profile',
    operation: 'user.profile',
    answer: oneUser,
    data: wireUser,
    documented,
  }),
  rest({
    method: 'PUT',
    path: '/api/user/profile',
    operation: 'user.update-profile',
    answer: oneUser,
    data: wireUser,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/user/nickname',
    operation: 'user.set-nickname',
    answer: oneUser,
    data: wireUser,
    documented,
  }),
]
