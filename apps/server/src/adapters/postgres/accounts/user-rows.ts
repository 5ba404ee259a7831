import type { UserStore } from '../../../features/user/index.ts'
import { findAccount } from './account-rows.ts'
import { keepDeed } from './audit.ts'
import type { AccountsPart, Transaction } from './part.ts'
import { saveRefusal, saveUser } from './save-user.ts'

export function createUserStore(part: AccountsPart): UserStore {
  return {
    save: (user, at, deed) => saveUser(part, user, at, deed),
    saveRefusal: user => saveRefusal(part, user),
    changeProfile: (user, changes, deed) =>
      part.prisma.$transaction(tx => changeProfile(part, tx, user, changes, deed)),
  }
}

async function changeProfile(
  part: AccountsPart,
  tx: Transaction,
  ...[{ id, role, name }, changes, deed]: Parameters<UserStore['changeProfile']>
): ReturnType<UserStore['changeProfile']> {
  const { siteId } = part
  if (role === 'user' || role === 'visitor')
    await tx.user.createMany({ data: [{ siteId, id, role, realName: name }], skipDuplicates: true })
  const found = await tx.user.updateMany({ where: { siteId, id, erasedAt: null }, data: changes })
  if (found.count === 0) return null
  const { realName, avatar } = changes
  const shown = {
    ...(typeof realName === 'string' && { name: realName }),
    ...(avatar !== undefined && { avatar }),
  }
  if (Object.keys(shown).length > 0)
    await tx.operator.updateMany({ where: { siteId, userId: id }, data: shown })
  if (deed) await keepDeed(part, tx, deed)
  return await findAccount(part, tx, { id })
}
