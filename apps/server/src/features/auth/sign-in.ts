import { Failure, isStaff, type User } from '@parley/contracts'
import type { Actor } from '@parley/core'
import type { ServerContext } from '../../operations/types.ts'
import { type Deed, deed } from '../audit/index.ts'
import type { AuthParts } from './auth-parts.ts'
import {
  type Account,
  displayNameOf,
  type Login,
  type LoginKind,
  type NewLogin,
  type RefreshSecret,
} from './auth-store.ts'
import { isPassword } from './passwords.ts'
import type { TokenSubject } from './tokens.ts'

/** The account of a username and password. A wrong one, an unknown one and an inactive one fail alike. */
export async function signIn(
  parts: AuthParts,
  context: ServerContext,
  given: { readonly username: string; readonly password: string },
): Promise<Account> {
  const takeBack = parts.throttle.attempt(given.username, context.address)
  const account = await parts.store.accountByUsername(given.username)
  const right = await isPassword(given.password, account?.passwordHash ?? null)
  if (!right || account === null || !account.isActive) throw wrongPassword()
  takeBack()
  return account
}

const wrongPassword = () => new Failure('unauthorized', { reason: 'password' })

export interface LoginWay {
  readonly kind: LoginKind
  readonly lastsMs: number
  readonly refresh: RefreshSecret | null
}

/** Begins a login of the account, if it still is as it was looked at. */
export async function beginLogin(
  parts: AuthParts,
  context: ServerContext,
  account: Account,
  how: LoginWay & {
    /** What the password was found to match; null: somebody vouched for the person. */
    readonly passwordHash: string | null
  },
): Promise<{ readonly login: Login; readonly account: Account }> {
  const { login, deed } = describeLogin(parts, context, account, how)
  const kept = await parts.store.beginLogin(login, how.passwordHash, deed)
  if (kept === null) throw how.passwordHash === null ? new Failure('forbidden') : wrongPassword()
  return { login, account: kept }
}

/** A login that begins now, and what the audit is told of it. */
export function describeLogin(
  parts: Pick<AuthParts, 'clock' | 'ids'>,
  context: ServerContext,
  account: Pick<Account, 'id' | 'role'>,
  { kind, lastsMs, refresh }: LoginWay,
): { readonly login: NewLogin; readonly deed: Deed | null } {
  const startedAt = parts.clock.now()
  const userAgent = context.userAgent?.slice(0, 512) ?? null
  const times = { startedAt, expiresAt: startedAt + lastsMs }
  const login = { id: parts.ids.next(), userId: account.id, kind, ...times, userAgent, refresh }
  return { login, deed: isStaff(account.role) ? signedIn(context, login) : null }
}

function signedIn(context: ServerContext, login: NewLogin): Deed {
  const { kind, id, userId } = login
  const data = { kind, address: context.address }
  const started = deed(context, { action: 'login.started', targetKind: 'login', targetId: id, data })
  const actor: Actor =
    started.actor.kind === 'key'
      ? { ...started.actor, actingFor: userId }
      : { kind: 'person', id: userId, actingFor: null }
  return { ...started, actor }
}

export const subjectOf = (account: Account, login: Login): TokenSubject => ({
  userId: account.id,
  role: account.role,
  name: displayNameOf(account),
  loginId: login.id,
  loginAt: login.startedAt,
  // Of the console alone: tokens of the API carry what the account may.
  ...(login.kind === 'console' && account.mustChangePassword && { mustChangePassword: true }),
})

/** As the person sees itself: with e-mail and phone. */
export const userOf = (account: Account, connected: boolean): User => ({
  id: account.id,
  username: account.username,
  realName: account.realName,
  nickname: account.nickname,
  email: account.email,
  phone: account.phone,
  avatar: account.avatar,
  role: account.role,
  status: connected ? 'online' : 'offline',
  lastSeen: account.lastSeenAt,
  isActive: account.isActive,
  createdAt: account.createdAt,
  updatedAt: account.updatedAt,
})
