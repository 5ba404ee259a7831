import type { Deed } from '../../../features/audit/index.ts'
import type { Ended } from '../../../features/auth/index.ts'
import type { NewOperator, OperatorChanges, OperatorStore } from '../../../features/operator/index.ts'
import { errorCode } from '../store/error-code.ts'
import { keepDeed } from './audit.ts'
import type { AccountsPart, Transaction } from './part.ts'
import { bar } from './revocation-rows.ts'

/** PostgreSQL's, where Prisma has not given it a code of its own. */
const UNIQUE_VIOLATION = '23505'

export function createOperatorStore(part: AccountsPart): OperatorStore {
  const { prisma } = part
  return {
    createOperator: (operator, deed) => prisma.$transaction(tx => createOperator(part, tx, operator, deed)),
    updateOperator: (operatorId, changes, at, deed) =>
      prisma
        .$transaction(tx => updateOperator(part, tx, operatorId, changes, at, deed))
        .catch((error: unknown) => {
          // The one thing in it that two can't have.
          if (changes.username !== undefined && errorCode(error) === UNIQUE_VIOLATION) return 'username-taken'
          throw error
        }),
  }
}

async function createOperator(
  part: AccountsPart,
  tx: Transaction,
  { id, name, username, passwordHash, mustChangePassword, avatar, maxUsers }: NewOperator,
  deed: Deed,
): Promise<'created' | 'username-taken'> {
  const { siteId } = part
  const login = { username, passwordHash, mustChangePassword }
  const user = { siteId, id, role: 'operator', ...login, realName: name, avatar } as const
  // Its id is new, so what it can collide with is the username.
  const made = await tx.user.createMany({ data: [user], skipDuplicates: true })
  if (made.count === 0) return 'username-taken'
  await tx.operator.create({ data: { siteId, userId: id, name, avatar, maxUsers } })
  await keepDeed(part, tx, deed)
  return 'created'
}

async function updateOperator(
  part: AccountsPart,
  tx: Transaction,
  operatorId: string,
  changes: OperatorChanges,
  at: number,
  deed: Deed,
): Promise<Ended | null> {
  const { siteId } = part
  const { name, avatar, username, passwordHash, isActive } = changes
  const shown = { ...(name !== undefined && { name }), ...(avatar !== undefined && { avatar }) }
  const found = await tx.operator.updateMany({ where: { siteId, userId: operatorId }, data: shown })
  if (found.count === 0) return null
  const where = { siteId_id: { siteId, id: operatorId } }
  const had = await tx.user.findUniqueOrThrow({ where, select: { passwordHash: true } })
  await tx.user.update({
    where,
    data: {
      ...(name !== undefined && { realName: name }),
      ...(avatar !== undefined && { avatar }),
      ...(username !== undefined && { username }),
      ...(passwordHash !== undefined && {
        passwordHash,
        mustChangePassword: had.passwordHash !== null,
      }),
      ...(isActive !== undefined && { isActive }),
    },
  })
  await keepDeed(part, tx, deed)
  const bars = (passwordHash !== undefined && had.passwordHash !== null) || isActive === false
  return bars ? await bar(part, tx, operatorId, at) : { revocations: [], loginIds: [] }
}
