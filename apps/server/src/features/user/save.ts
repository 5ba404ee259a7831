import { Failure, type Input, type Output, type User } from '@parley/contracts'
import type { Clock, Ids, TurnCommand, TurnOutcome } from '@parley/core'
import { problemText } from '../../operations/problems.ts'
import type { ServerContext } from '../../operations/types.ts'
import { actorOf, deed } from '../audit/index.ts'
import { type Account, type AuthStore, type Ended, hashPassword } from '../auth/index.ts'
import { type Pictures, refusedField } from '../file/index.ts'
import type { SaveRefusal, UserChanges, UserStore } from './user-store.ts'

export interface SaveParts {
  readonly accounts: Pick<AuthStore, 'account'>
  readonly store: Pick<UserStore, 'save' | 'saveRefusal'>
  readonly pictures: Pick<Pictures, 'adopt'>
  readonly clock: Clock
  readonly ids: Ids
  /** E.164; null: it can be none that texts reach. */
  readonly phoneNumber: (text: string) => string | null
  readonly turn: (command: TurnCommand) => Promise<TurnOutcome>
  readonly operatorsChanged: (operatorIds: readonly string[]) => void
  /** Logins that ended here and now: their tokens are dead, their connections close. */
  readonly ended: (ended: Ended) => void
  readonly endConnections: (login: { readonly loginId: null; readonly userId: string }) => void
  readonly shown: (account: Account) => Promise<User>
}

type Saved = Input<'user.save'>

/** Makes a user, or brings one up to date. What it is in the pool of operators follows its role and whether it is active. */
export async function saveUser(
  parts: SaveParts,
  context: ServerContext,
  input: Saved,
): Promise<Output<'user.save'>> {
  const id = input.id ?? parts.ids.next()
  const known = input.id === undefined ? null : await parts.accounts.account(id)
  mustStayAdmin(context, id, input)
  mustHaveUsername(context, known, input)
  const changes = await changesOf(parts, context, { id, known, input })
  const leaves = known?.role === 'operator' && !staysOperator(input)
  if (leaves) {
    const why = await parts.store.saveRefusal({ id, changes })
    if (why !== null) throw refusal(why)
    await setInPool(parts, context, id, false)
  }
  const saved = await parts.store.save(
    { id, changes },
    parts.clock.now(),
    deed(context, {
      action: known ? 'user.updated' : 'user.created',
      targetKind: 'user',
      targetId: id,
      data: told(changes),
    }),
  )
  if (typeof saved === 'string') throw refusal(saved)
  const { account, created, ended } = saved
  if (!leaves && known && comesBack(account, input)) await setInPool(parts, context, id, true)
  parts.ended(ended)
  if (created) parts.endConnections({ loginId: null, userId: id })
  if (account.operatorName !== null) parts.operatorsChanged([id])
  return { user: await parts.shown(account), created }
}

/** Whoever is the last admin, or thinks so, can't lock itself out. */
function mustStayAdmin({ caller }: ServerContext, id: string, { role = 'admin', isActive }: Saved): void {
  const isSelf = caller.kind === 'person' && caller.userId === id
  if (isSelf && (role !== 'admin' || isActive === false))
    throw new Failure('conflict', { reason: 'own_role' })
}

/** A password without a name to sign in by is none. */
function mustHaveUsername({ locale }: ServerContext, known: Account | null, input: Saved): void {
  if (input.password === undefined || input.username !== undefined || known?.username) return
  throw refusedField('password', problemText(locale, 'password_without_username'))
}

async function changesOf(
  parts: SaveParts,
  context: ServerContext,
  { id, known, input }: { readonly id: string; readonly known: Account | null; readonly input: Saved },
): Promise<UserChanges> {
  const { username, password, realName, nickname, email, phone, avatar, role, isActive } = input
  return {
    ...(username !== undefined && { username }),
    ...(password !== undefined && {
      passwordHash: await hashPassword(password),
      // One that comes from an integrator's server is taken for the person's own.
      mustChangePassword: context.caller.kind === 'person',
    }),
    ...(realName !== undefined && { realName }),
    ...(nickname !== undefined && { nickname }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone: phone === null ? null : e164(parts, context, phone) }),
    ...(avatar !== undefined &&
      avatar !== known?.avatar && { avatar: await pictureOf(parts, context, id, avatar) }),
    ...(role !== undefined && { role }),
    ...(isActive !== undefined && { isActive }),
  }
}

function e164({ phoneNumber }: SaveParts, { locale }: ServerContext, text: string): string {
  const number = phoneNumber(text)
  if (number === null) throw refusedField('phone', problemText(locale, 'phone'))
  return number
}

/** One of this server is made the person's own; any other is an https address. */
const pictureOf = (parts: SaveParts, context: ServerContext, id: string, url: string): Promise<string> =>
  url.startsWith('/') ? parts.pictures.adopt(context, id, url) : Promise.resolve(url)

const staysOperator = ({ role = 'operator', isActive = true }: Saved): boolean =>
  role === 'operator' && isActive

const comesBack = ({ role, isActive }: Account, input: Saved): boolean =>
  role === 'operator' && isActive && (input.role !== undefined || input.isActive !== undefined)

/** Who leaves the pool gives its sessions back first; nobody is refused that. */
async function setInPool(
  { turn }: SaveParts,
  { caller, requestId }: ServerContext,
  operatorId: string,
  isActive: boolean,
): Promise<void> {
  const outcome = await turn({
    kind: 'limit',
    operatorId,
    maxUsers: null,
    isActive,
    actor: actorOf(caller),
    requestId,
  })
  if (outcome.kind !== 'done') throw new Failure(outcome.code)
}

function told({ passwordHash, mustChangePassword: _, ...changes }: UserChanges) {
  const { role, isActive } = changes
  return {
    changed: [...Object.keys(changes), ...(passwordHash === undefined ? [] : ['password'])],
    ...(role !== undefined && { role }),
    ...(isActive !== undefined && { isActive }),
  }
}

function refusal(why: SaveRefusal): Failure {
  if (why === 'erased') return new Failure('forbidden')
  return new Failure('conflict', { reason: why === 'username-taken' ? 'username' : 'phone' })
}
