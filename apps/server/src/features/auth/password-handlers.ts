import { Failure } from '@parley/contracts'
import { problemText } from '../../operations/problems.ts'
import type { Handlers, ServerContext } from '../../operations/types.ts'
import { deed } from '../audit/index.ts'
import { type AuthParts, spread } from './auth-parts.ts'
import { callingPerson } from './calling-person.ts'
import { giveCookie } from './console-handlers.ts'
import { hashPassword, isPassword } from './passwords.ts'

type PasswordHandlers = Pick<Handlers, 'auth.change-password'>

export const passwordHandlers = (parts: AuthParts): PasswordHandlers => ({
  'auth.change-password': async (context, input) => {
    const { userId, loginId } = callingPerson(context)
    const takeBack = parts.throttle.attempt(`password of ${userId}`, context.address)
    const account = await parts.store.account(userId)
    const from = account?.passwordHash ?? null
    if (!(await isPassword(input.password, from)) || account === null || from === null)
      throw refused(context, 'password')
    takeBack()
    if (input.newPassword === input.password) throw refused(context, 'newPassword')
    const change = {
      userId,
      from,
      to: await hashPassword(input.newPassword),
      keepLoginId: loginId,
      at: parts.clock.now(),
    }
    const ended = await parts.store.changePassword(change, deed(context, passwordChanged(userId)))
    if (ended === null) throw refused(context, 'password')
    spread(parts, ended)
    await parts.passwordGone(input.password)
    const login = account.mustChangePassword ? await parts.store.login(loginId) : null
    if (login?.kind === 'console')
      giveCookie(parts, context, { account: { ...account, mustChangePassword: false }, login })
    return { changed: true }
  },
})

const passwordChanged = (userId: string) =>
  ({ action: 'password.changed', targetKind: 'user', targetId: userId }) as const

function refused(context: ServerContext, field: 'password' | 'newPassword'): Failure {
  const key = field === 'password' ? 'password_wrong' : 'password_same'
  return new Failure('validation_failed', {}, [{ path: field, message: problemText(context.locale, key) }])
}
