import type { Deed } from '../../../features/audit/index.ts'
import type { Account, Ended } from '../../../features/auth/index.ts'
import type { SavedUser, SaveRefusal, UserChanges, UserStore } from '../../../features/user/index.ts'
import { despiteRaces } from '../store/despite-races.ts'
import { errorCode } from '../store/error-code.ts'
import { withNewRole } from '../store/talk/renew-bonds.ts'
import { findAccount } from './account-rows.ts'
import { keepDeed } from './audit.ts'
import type { AccountsPart, Transaction } from './part.ts'
import { bar, revoke, userSubject } from './revocation-rows.ts'

type Answer = Awaited<ReturnType<UserStore['save']>>

interface Wanted {
  readonly id: string
  readonly changes: UserChanges
}

/** PostgreSQL's, where Prisma has not given it a code of its own. */
const UNIQUE_VIOLATION = '23505'

export async function saveUser(part: AccountsPart, user: Wanted, at: number, deed: Deed): Promise<Answer> {
  try {
    return await despiteRaces(() => part.prisma.$transaction(tx => save(part, tx, user, at, deed)))
  } catch (error) {
    if (errorCode(error) !== UNIQUE_VIOLATION) throw error
    return (await whatIsTaken(part, user)) ?? 'username-taken'
  }
}

async function save(
  part: AccountsPart,
  tx: Transaction,
  user: Wanted,
  at: number,
  deed: Deed,
): Promise<SavedUser | 'erased'> {
  const { siteId } = part
  const { id, changes } = user
  const known = await tx.user.findUnique({ where: { siteId_id: { siteId, id } } })
  if (known?.erasedAt) return 'erased'
  const ended = known ? await change(part, tx, { ...user, known }, at) : await create(part, tx, user, at)
  const account = await placed(part, tx, id, changes)
  await keepDeed(part, tx, deed)
  return { account, created: known === null, ended }
}

/** A token that its id had before it was somebody's says that it is a user's. */
async function create(
  part: AccountsPart,
  tx: Transaction,
  { id, changes }: Wanted,
  at: number,
): Promise<Ended> {
  const { siteId } = part
  const { role = 'user' } = changes
  await tx.user.create({ data: { siteId, id, ...changes, role } })
  // A login of the new account that begins in this very millisecond lives.
  const revocations = role === 'user' ? [] : await revoke(part, tx, [userSubject(id)], at - 1)
  return { revocations, loginIds: [] }
}

async function change(
  part: AccountsPart,
  tx: Transaction,
  {
    id,
    changes,
    known,
  }: Wanted & { readonly known: { readonly role: string; readonly passwordHash: string | null } },
  at: number,
): Promise<Ended> {
  const { siteId } = part
  const newRole = changes.role !== undefined && changes.role !== known.role
  const newPassword = changes.passwordHash !== undefined && known.passwordHash !== null
  const data = { ...changes, ...(newPassword && { mustChangePassword: true }) }
  const update = async () => {
    await tx.user.update({ where: { siteId_id: { siteId, id } }, data })
  }
  await (newRole ? withNewRole({ tx, siteId, newId: () => part.ids.next() }, id, update) : update())
  const ends = newRole || newPassword || changes.isActive === false
  return ends ? await bar(part, tx, id, at) : { revocations: [], loginIds: [] }
}

/** An operator has its place in the pool, and is shown to visitors by the name and picture that it has. */
async function placed(
  part: AccountsPart,
  tx: Transaction,
  id: string,
  { realName, avatar }: UserChanges,
): Promise<Account> {
  const { siteId } = part
  const account = await mustFind(part, tx, id)
  const { role, operatorName, nickname, username, isActive } = account
  if (operatorName === null && role !== 'operator') return account
  if (operatorName === null) {
    const name = account.realName ?? nickname ?? username ?? id
    await tx.operator.create({ data: { siteId, userId: id, name, avatar: account.avatar, isActive } })
    return await mustFind(part, tx, id)
  }
  const shown = {
    ...(typeof realName === 'string' && { name: realName }),
    ...(avatar !== undefined && { avatar }),
  }
  if (Object.keys(shown).length === 0) return account
  await tx.operator.update({ where: { siteId_userId: { siteId, userId: id } }, data: shown })
  return await mustFind(part, tx, id)
}

async function mustFind(part: AccountsPart, tx: Transaction, id: string): Promise<Account> {
  const account = await findAccount(part, tx, { id })
  if (account === null) throw new Error('an account that was just written is not there')
  return account
}

export async function saveRefusal(part: AccountsPart, user: Wanted): Promise<SaveRefusal | null> {
  const { prisma, siteId } = part
  const where = { siteId_id: { siteId, id: user.id } }
  const known = await prisma.user.findUnique({ where, select: { erasedAt: true } })
  return known?.erasedAt ? 'erased' : await whatIsTaken(part, user)
}

/** Of the two things that no two people can have. */
async function whatIsTaken(
  part: AccountsPart,
  { id, changes: { phone, username } }: Wanted,
): Promise<'username-taken' | 'phone-taken' | null> {
  const isOthers = async (which: { readonly phone: string } | { readonly username: string }) => {
    const owner = await findAccount(part, part.prisma, which)
    return owner !== null && owner.id !== id
  }
  if (phone && (await isOthers({ phone }))) return 'phone-taken'
  return username !== undefined && (await isOthers({ username })) ? 'username-taken' : null
}
