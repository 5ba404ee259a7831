import { Failure } from '@parley/contracts'
import type { Account, AuthStore, Ended, NewLogin } from '../../../features/auth/index.ts'
import { findAccount, holdAccount } from './account-rows.ts'
import { keepDeed } from './audit.ts'
import type { AccountsPart, Transaction } from './part.ts'
import { rotateRefresh } from './refresh-rows.ts'
import { bar, endLogins, loginSubject, revocationsSince, revoke, userSubject } from './revocation-rows.ts'

export function createAuthStore(part: AccountsPart): AuthStore {
  const { prisma, siteId } = part
  return {
    account: id => findAccount(part, prisma, { id }),
    accountByUsername: username => findAccount(part, prisma, { username }),
    createAccount: (account, at, deed) =>
      prisma.$transaction(tx => createAccount(part, tx, account, at, deed)),
    saveProfile: (userId, profile) => prisma.$transaction(tx => saveProfile(part, tx, userId, profile)),
    rename: (userId, name, deed) => prisma.$transaction(tx => rename(part, tx, userId, name, deed)),
    beginLogin: (login, passwordHash, deed) =>
      prisma.$transaction(tx => beginLogin(part, tx, login, passwordHash, deed)),
    login: loginId => openLogin(part, loginId),
    async extendLogin(loginId, expiresAt) {
      await prisma.login.updateMany({
        where: { id: loginId, siteId },
        data: { expiresAt: new Date(expiresAt) },
      })
    },
    rotateRefresh: (hash, next, at, expiresAt) =>
      prisma.$transaction(tx => rotateRefresh(part, tx, hash, next, at, expiresAt)),
    endLogin: (loginId, at) => prisma.$transaction(tx => endLogin(part, tx, loginId, at)),
    changePassword: (change, deed) => prisma.$transaction(tx => changePassword(part, tx, change, deed)),
    setPassword: (userId, passwordHash, at, deed) =>
      prisma.$transaction(async tx => {
        const where = { siteId_id: { siteId, id: userId } }
        await tx.user.update({ where, data: { passwordHash, mustChangePassword: true } })
        await keepDeed(part, tx, deed)
        return await bar(part, tx, userId, at)
      }),
    revocationsSince: since => revocationsSince(part, since),
    async forgetExpired(before) {
      const expiresAt = { lt: new Date(before) }
      await prisma.tokenRevocation.deleteMany({ where: { siteId, expiresAt } })
      await prisma.refreshToken.deleteMany({ where: { expiresAt, login: { siteId } } })
      await prisma.login.deleteMany({ where: { siteId, expiresAt } })
    },
  }
}

type Call<K extends keyof AuthStore> = Parameters<AuthStore[K]>
type Answer<K extends keyof AuthStore> = ReturnType<AuthStore[K]>

async function createAccount(
  part: AccountsPart,
  tx: Transaction,
  ...[account, at, deed]: Call<'createAccount'>
): Answer<'createAccount'> {
  const { siteId } = part
  const { id, role, name } = account
  const made = await tx.user.createMany({
    data: [{ siteId, id, role, realName: name }],
    skipDuplicates: true,
  })
  const created = made.count === 1
  if (created && role === 'operator') await tx.operator.create({ data: { siteId, userId: id, name } })
  if (created) await keepDeed(part, tx, deed)
  // A login of the new account that begins in this very millisecond lives.
  const revocations = created ? await revoke(part, tx, [userSubject(id)], at - 1) : []
  const found = await findAccount(part, tx, { id })
  if (found === null) throw erased()
  return { account: found, created, revocations }
}

async function saveProfile(
  part: AccountsPart,
  tx: Transaction,
  ...[userId, { name, email }]: Call<'saveProfile'>
): Promise<Account> {
  const { siteId } = part
  const given = { ...(name !== null && { realName: name }), ...(email !== null && { email }) }
  const made = await tx.user.createMany({
    data: [{ siteId, id: userId, role: 'user', ...given }],
    skipDuplicates: true,
  })
  if (made.count === 0 && Object.keys(given).length > 0)
    await tx.user.update({ where: { siteId_id: { siteId, id: userId } }, data: given })
  const account = await findAccount(part, tx, { id: userId })
  if (account === null) throw erased()
  return account
}

async function rename(
  part: AccountsPart,
  tx: Transaction,
  ...[userId, name, deed]: Call<'rename'>
): Promise<Account | null> {
  const { siteId } = part
  const found = await tx.user.updateMany({ where: { siteId, id: userId }, data: { realName: name } })
  if (found.count === 0) return null
  await tx.operator.updateMany({ where: { siteId, userId }, data: { name } })
  await keepDeed(part, tx, deed)
  return await findAccount(part, tx, { id: userId })
}

/** The id of one who was erased is not given to anybody again. */
const erased = () => new Failure('forbidden')

export async function beginLogin(
  part: AccountsPart,
  tx: Transaction,
  login: NewLogin,
  ...[passwordHash, deed]: [Call<'beginLogin'>[1], Call<'beginLogin'>[2]]
): Promise<Account | null> {
  if (!(await holdAccount(part, tx, login.userId, passwordHash))) return null
  const { refresh, startedAt, expiresAt, ...row } = login
  const times = { createdAt: new Date(startedAt), expiresAt: new Date(expiresAt) }
  await tx.login.create({ data: { ...row, ...times, siteId: part.siteId } })
  if (refresh) await tx.refreshToken.create({ data: { ...refresh, ...times, loginId: login.id } })
  if (deed) await keepDeed(part, tx, deed)
  return await findAccount(part, tx, { id: login.userId })
}

async function openLogin(part: AccountsPart, loginId: string): Answer<'login'> {
  const row = await part.prisma.login.findFirst({
    where: { id: loginId, siteId: part.siteId, revokedAt: null },
  })
  if (row === null) return null
  const { id, userId, kind } = row
  return { id, userId, kind, startedAt: row.createdAt.getTime(), expiresAt: row.expiresAt.getTime() }
}

async function endLogin(part: AccountsPart, tx: Transaction, loginId: string, at: number): Promise<Ended> {
  const ended = await endLogins(part, tx, { id: loginId }, at)
  if (ended.loginIds.length > 0) return ended
  return { revocations: await revoke(part, tx, [loginSubject(loginId)], at), loginIds: [loginId] }
}

async function changePassword(
  part: AccountsPart,
  tx: Transaction,
  ...[change, deed]: Call<'changePassword'>
): Promise<Ended | null> {
  const { userId, from, to, keepLoginId, at } = change
  if (!(await holdAccount(part, tx, userId, from))) return null
  await tx.user.update({
    where: { siteId_id: { siteId: part.siteId, id: userId } },
    data: { passwordHash: to, mustChangePassword: false },
  })
  await keepDeed(part, tx, deed)
  return await endLogins(part, tx, { userId, id: { not: keepLoginId } }, at)
}
