import { TOKEN_SECONDS } from '../auth.ts'
import type { ExamplesOf } from './define.ts'
import { ids, token, user, userHash, userId } from './entities.ts'

const pair = { token, refreshToken: 'rt_5f0c1e', expiresIn: 86_400, isNewUser: false, user }
const me = { id: ids.operator, role: 'operator' as const, name: 'Ada', avatar: null }
const expiresAt = '2026-03-02T12:00:00.000Z'
const signIn = { username: 'ada', password: 'correct horse battery staple' }
const badSignIns = [
  { payload: {}, at: 'username' },
  { payload: { username: 'ada' }, at: 'password' },
  { payload: { username: '', password: 'x' }, at: 'username' },
  { payload: { username: ['ada'], password: 'x' }, at: 'username' },
  { payload: { username: 'ada', password: 'x'.repeat(257) }, at: 'password' },
  { payload: { username: 'a\u0000', password: 'x' }, at: 'username' },
]

export const authExamples: ExamplesOf<
  | `auth.${'token' | 'identify' | 'login' | 'refresh' | 'logout' | 'me' | 'update-me' | 'change-password'}`
  | `console.${'sign-in' | 'sign-out'}`
> = {
  'auth.token': {
    valid: [
      { userId, userType: 'user', name: 'Lin Wei', userHash },
      {},
      { userId: 'agent-7', userType: 'agent' },
      { userId: null },
    ],
    invalid: [
      { payload: { userId: 7 }, at: 'userId' },
      { payload: { userId: 'a/b' }, at: 'userId' },
      { payload: { userId: 'x'.repeat(65) }, at: 'userId' },
      { payload: { userId: 'online' }, at: 'userId' },
      { payload: { userId, userType: 'admin' }, at: 'userType' },
      { payload: { userId, userHash: 'deadbeef' }, at: 'userHash' },
      { payload: { name: ' ' }, at: 'name' },
      { payload: { name: 'x'.repeat(101) }, at: 'name' },
    ],
    output: { token, userId, userType: 'user', expiresIn: TOKEN_SECONDS, expiresAt },
  },
  'auth.identify': {
    valid: [{ userId, userHash, name: 'Lin Wei', email: 'lin@example.com' }],
    invalid: [
      { payload: { userId }, at: 'userHash' },
      { payload: { userHash }, at: 'userId' },
      { payload: { userId, userHash, email: 'lin' }, at: 'email' },
    ],
    output: { token, userId, expiresIn: TOKEN_SECONDS, expiresAt },
  },
  'auth.login': { valid: [signIn], invalid: badSignIns, output: pair },
  'auth.refresh': {
    valid: [{ refreshToken: pair.refreshToken }],
    invalid: [
      { payload: {}, at: 'refreshToken' },
      { payload: { refreshToken: '' }, at: 'refreshToken' },
      { payload: { refreshToken: 'x'.repeat(513) }, at: 'refreshToken' },
    ],
    output: pair,
  },
  'auth.logout': { valid: [{}], invalid: [], output: { loggedOut: true } },
  'auth.me': { valid: [{}], invalid: [], output: me },
  'auth.update-me': {
    valid: [{ name: 'Ada' }],
    invalid: [
      { payload: {}, at: 'name' },
      { payload: { name: ' ' }, at: 'name' },
    ],
    output: me,
  },
  'auth.change-password': {
    valid: [{ password: signIn.password, newPassword: 'a new one, much longer' }],
    invalid: [
      { payload: { password: 'x' }, at: 'newPassword' },
      { payload: { password: 'x', newPassword: 'short' }, at: 'newPassword' },
      { payload: { newPassword: 'long enough' }, at: 'password' },
    ],
    output: { changed: true },
  },
  'console.sign-in': { valid: [signIn], invalid: badSignIns, output: me },
  'console.sign-out': { valid: [{}], invalid: [], output: { loggedOut: true } },
}
