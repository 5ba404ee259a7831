import { Failure, isStaff, type Me } from '@parley/contracts'
import type { Handlers, ServerContext } from '../../operations/types.ts'
import { type AuthParts, spread } from './auth-parts.ts'
import { type Account, displayNameOf, type Login } from './auth-store.ts'
import { callingPerson } from './calling-person.ts'
import { CONSOLE_LONGEST_MS, CONSOLE_RENEW_MS, CONSOLE_SECONDS } from './lifetimes.ts'
import { beginLogin, signIn, subjectOf } from './sign-in.ts'

type ConsoleHandlers = Pick<Handlers, 'console.sign-in' | 'console.sign-out' | 'auth.me'>

export const consoleHandlers = (parts: AuthParts): ConsoleHandlers => ({
  'console.sign-in': async (context, input) => {
    const account = await signIn(parts, context, input)
    if (!isStaff(account.role)) throw new Failure('forbidden')
    // Only a browser's request can take the cookie, and without it a login would begin that nobody holds.
    if (context.cookie === null) throw new Failure('forbidden')
    const begun = await beginLogin(parts, context, account, {
      kind: 'console',
      lastsMs: CONSOLE_SECONDS * 1000,
      refresh: null,
      passwordHash: account.passwordHash,
    })
    giveCookie(parts, context, begun)
    return meOf(begun.account)
  },

  'console.sign-out': async context => {
    const { loginId } = callingPerson(context)
    context.cookie?.clear()
    spread(parts, await parts.store.endLogin(loginId, parts.clock.now()))
    return { loggedOut: true }
  },

  'auth.me': async context => {
    const caller = callingPerson(context)
    const account = await parts.store.account(caller.userId)
    if (account === null)
      return { id: caller.userId, role: caller.role, name: caller.name ?? '', avatar: null }
    await renewCookie(parts, context, account, caller.loginId)
    return meOf(account)
  },
})

/** A console that is in use stays signed in: up to a week, then the password is asked again. */
async function renewCookie(parts: AuthParts, context: ServerContext, account: Account, loginId: string) {
  if (context.cookie === null) return
  const login = await parts.store.login(loginId)
  const now = parts.clock.now()
  if (login?.kind !== 'console' || login.expiresAt <= now) return
  const age = CONSOLE_SECONDS * 1000 - (login.expiresAt - now)
  const longest = login.startedAt + CONSOLE_LONGEST_MS
  const expiresAt = Math.min(now + CONSOLE_SECONDS * 1000, longest)
  if (age < CONSOLE_RENEW_MS || expiresAt <= login.expiresAt) return
  await parts.store.extendLogin(loginId, expiresAt)
  giveCookie(parts, context, { account, login: { ...login, expiresAt } })
}

export function giveCookie(
  parts: AuthParts,
  context: ServerContext,
  { account, login }: { readonly account: Account; readonly login: Login },
) {
  const seconds = Math.ceil((login.expiresAt - parts.clock.now()) / 1000)
  context.cookie?.set(parts.console.issue(subjectOf(account, login), seconds).token, seconds)
}

export const meOf = (account: Account): Me => ({
  id: account.id,
  role: account.role,
  name: displayNameOf(account) ?? '',
  avatar: account.avatar,
  ...(account.mustChangePassword && { mustChangePassword: true }),
})
