import { Failure, type Input, type Operator } from '@parley/contracts'
import type { Clock, Ids, TurnCommand, TurnOutcome } from '@parley/core'
import { problemText } from '../../operations/problems.ts'
import type { Handlers, ServerContext } from '../../operations/types.ts'
import { actorOf, deed } from '../audit/index.ts'
import { type Account, type Ended, hashPassword } from '../auth/index.ts'
import type { Pictures } from '../file/index.ts'
import type { OperatorStore } from './operator-store.ts'

export type { NewOperator, OperatorChanges, OperatorStore } from './operator-store.ts'

const MAX_USERS_DEFAULT = 2

export interface OperatorParts {
  readonly store: OperatorStore
  readonly clock: Clock
  readonly ids: Ids
  readonly account: (userId: string) => Promise<Account | null>
  readonly accountByUsername: (username: string) => Promise<Account | null>
  readonly operator: (operatorId: string) => Promise<Operator | null>
  readonly turn: (command: TurnCommand) => Promise<TurnOutcome>
  readonly pictures: Pick<Pictures, 'adoptOrKeep'>
  readonly operatorsChanged: (operatorIds: readonly string[]) => void
  /** Logins that ended here and now: their tokens are dead, their connections close. */
  readonly ended: (ended: Ended) => void
}

type Changes = Input<'operator.update'>

export type OperatorHandlers = Pick<Handlers, 'operator.create' | 'operator.update'>

export const operatorHandlers = (parts: OperatorParts): OperatorHandlers => ({
  'operator.create': async (context, input) => {
    const { name, username = null, password, maxUsers = MAX_USERS_DEFAULT } = input
    const id = parts.ids.next()
    const avatar = (await pictureOf(parts, context, id, input.avatar)) ?? null
    const passwordHash = password === undefined ? null : await hashPassword(password)
    // One that comes from an integrator's server is taken for the operator's own.
    const mustChangePassword = password !== undefined && context.caller.kind === 'person'
    const created = await parts.store.createOperator(
      { id, name, username, passwordHash, mustChangePassword, avatar, maxUsers },
      deed(context, { ...operatorDeed(id, 'operator.created'), data: { name, username, maxUsers } }),
    )
    if (created === 'username-taken') throw usernameTaken()
    parts.operatorsChanged([id])
    return await operatorNow(parts, id)
  },

  'operator.update': async (context, input) => {
    await operatorNow(parts, input.operatorId)
    await mayBeActive(parts, input)
    await mustHaveBoth(parts, context, input)
    await mustBeFree(parts, input)
    const avatar = await pictureOf(parts, context, input.operatorId, input.avatar)
    await limit(parts, context, input)
    await change(parts, context, { ...input, avatar })
    parts.operatorsChanged([input.operatorId])
    return await operatorNow(parts, input.operatorId)
  },
})

async function operatorNow(parts: OperatorParts, operatorId: string): Promise<Operator> {
  const operator = await parts.operator(operatorId)
  if (operator === null) throw new Failure('not_found')
  return operator
}

/** Who has another role by now keeps what it did as an operator, and is none. */
async function mayBeActive(parts: OperatorParts, { operatorId, isActive }: Changes): Promise<void> {
  if (!isActive || (await parts.account(operatorId))?.role === 'operator') return
  throw new Failure('conflict', { reason: 'role' })
}

/** A username and a password go together: what is not given must be there already. */
async function mustHaveBoth(parts: OperatorParts, context: ServerContext, input: Changes): Promise<void> {
  const { operatorId, username, password } = input
  if ((username === undefined) === (password === undefined)) return
  const account = await parts.account(operatorId)
  if (username === undefined ? account?.username : account?.passwordHash) return
  const [path, problem] =
    username === undefined
      ? (['password', 'password_without_username'] as const)
      : (['username', 'username_without_password'] as const)
  throw new Failure('validation_failed', {}, [{ path, message: problemText(context.locale, problem) }])
}

async function mustBeFree(parts: OperatorParts, { operatorId, username }: Changes): Promise<void> {
  const owner = username === undefined ? null : await parts.accountByUsername(username)
  if (owner !== null && owner.id !== operatorId) throw usernameTaken()
}

const usernameTaken = () => new Failure('conflict', { reason: 'username' })

/** First what may be refused: how many sessions it may hold, and whether it may hold any. */
async function limit(parts: OperatorParts, context: ServerContext, input: Changes): Promise<void> {
  const { operatorId, maxUsers = null, isActive = null } = input
  if (maxUsers === null && isActive === null) return
  const { caller, requestId } = context
  const outcome = await parts.turn({
    kind: 'limit',
    operatorId,
    maxUsers,
    isActive,
    actor: actorOf(caller),
    requestId,
  })
  if (outcome.kind === 'done') return
  throw new Failure(outcome.code, outcome.code === 'conflict' ? { reason: 'load' } : {})
}

async function change(parts: OperatorParts, context: ServerContext, input: Changes): Promise<void> {
  const { operatorId, name, avatar, username, password, isActive } = input
  if ([name, avatar, username, password, isActive].every(value => value === undefined)) return
  const passwordHash = password === undefined ? undefined : await hashPassword(password)
  const data = {
    ...(name !== undefined && { name }),
    ...(avatar !== undefined && { avatar }),
    ...(isActive !== undefined && { isActive }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password: 'changed' }),
  }
  const ended = await parts.store.updateOperator(
    operatorId,
    { name, avatar, username, passwordHash, isActive },
    parts.clock.now(),
    deed(context, { ...operatorDeed(operatorId, 'operator.updated'), data }),
  )
  if (ended === null) throw new Failure('not_found')
  if (ended === 'username-taken') throw usernameTaken()
  parts.ended(ended)
}

/** An upload becomes a picture that visitors may see. */
const pictureOf = async (
  { pictures }: OperatorParts,
  context: ServerContext,
  operatorId: string,
  url: string | undefined,
): Promise<string | undefined> =>
  url === undefined ? undefined : await pictures.adoptOrKeep(context, operatorId, url)

const operatorDeed = (operatorId: string, action: string) =>
  ({ action, targetKind: 'operator', targetId: operatorId }) as const
