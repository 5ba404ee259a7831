import { Failure, isStaff, type Output, type Role, TOKEN_SECONDS } from '@parley/contracts'
import type { Caller } from '@parley/core'
import { problemText } from '../../operations/problems.ts'
import { type Handlers, OPEN_KEY_ID, type ServerContext } from '../../operations/types.ts'
import { deed } from '../audit/index.ts'
import type { AuthParts } from './auth-parts.ts'
import type { Account } from './auth-store.ts'
import { provesIdentity } from './identity-hash.ts'
import { tokenMs } from './lifetimes.ts'
import { beginLogin, subjectOf } from './sign-in.ts'
import type { TokenSubject } from './tokens.ts'

type TokenAnswer = Output<'auth.token'>

export const tokenHandlers = (parts: AuthParts): Pick<Handlers, 'auth.token'> => ({
  'auth.token': async (context, input) => {
    const { userId, userType = 'user', name = null } = input
    const open = isOpen(context.caller)
    const vouched = isVouched(context.caller, input.userHash)
    if (userType !== 'user') {
      if (!vouched) throw unproved()
      return await accountToken(
        parts,
        context,
        await known(parts, context, { id: userId, role: userType, name }),
      )
    }
    if (userId === undefined) return visitorToken(parts, name)
    if (!vouched) mustBeProved(parts, userId, input.userHash)
    const found = await parts.store.account(userId)
    // Known from now on: others can find, ask and write to a user before it has written itself.
    const account = found ?? (await parts.store.saveProfile(userId, { name, email: null }))
    if (open || !vouched) mustBeCustomer(account)
    return await accountToken(parts, context, account)
  },
})

const isOpen = (caller: Caller): boolean => caller.kind === 'key' && caller.keyId === OPEN_KEY_ID

/** Open mode asks for no proof; one that is given must be good. */
const isVouched = (caller: Caller, hash: string | undefined): boolean =>
  caller.kind === 'key' && !(isOpen(caller) && hash !== undefined)

export function mustBeProved(parts: AuthParts, userId: string, hash: string | undefined): void {
  if (hash === undefined || !provesIdentity(parts.identitySecret(), userId, hash)) throw unproved()
}

const unproved = () => new Failure('unauthorized', { reason: 'proof' })

/** A hash proves customers only, so that whoever has the secret is not the whole desk. */
export function mustBeCustomer(account: Account): void {
  if (account.role !== 'user' && account.role !== 'visitor') throw unproved()
}

/** The account of an operator or automatic sender, made if the id is new. One that is there keeps its own role. */
async function known(
  parts: AuthParts,
  context: ServerContext,
  wanted: {
    readonly id: string | undefined
    readonly role: 'operator' | 'system'
    readonly name: string | null
  },
): Promise<Account> {
  if (wanted.id === undefined) {
    throw new Failure('validation_failed', {}, [
      { path: 'userId', message: problemText(context.locale, 'required') },
    ])
  }
  const { id, role } = wanted
  const made = await parts.store.createAccount(
    { id, role, name: wanted.name ?? id },
    parts.clock.now(),
    deed(context, {
      action: `${role}.created`,
      targetKind: role === 'operator' ? 'operator' : 'user',
      targetId: id,
    }),
  )
  if (made.created) {
    parts.revocations.note(made.revocations)
    parts.endConnections({ loginId: null, userId: id })
    if (role === 'operator') parts.operatorsChanged([id])
  }
  return made.account
}

/** For one who has an account: the login is kept, so that it ends with the account. */
export async function accountToken(
  parts: AuthParts,
  context: ServerContext,
  found: Account,
): Promise<TokenAnswer> {
  if (!found.isActive) throw new Failure('forbidden')
  const { login, account } = await beginLogin(parts, context, found, {
    kind: 'token',
    lastsMs: tokenMs,
    refresh: null,
    passwordHash: null,
  })
  return answer(parts, subjectOf(account, login))
}

/** For an anonymous visitor, who gets a row with its first session: nothing is stored. */
function visitorToken(parts: AuthParts, name: string | null): TokenAnswer {
  const [userId, loginId] = [parts.ids.next(), parts.ids.next()]
  return answer(parts, { userId, role: 'visitor', name, loginId, loginAt: parts.clock.now() })
}

function answer(parts: AuthParts, subject: TokenSubject): TokenAnswer {
  return {
    ...parts.bearer.issue(subject, TOKEN_SECONDS),
    userId: subject.userId,
    userType: typeOf(subject.role),
  }
}

const typeOf = (role: Role): TokenAnswer['userType'] =>
  role === 'system' ? role : isStaff(role) ? 'operator' : 'user'
