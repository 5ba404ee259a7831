import type { Login, RefreshSecret, Rotation } from '../../../features/auth/index.ts'
import type { Login as LoginRow } from '../../../generated/prisma/client.ts'
import { findAccount, holdAccount } from './account-rows.ts'
import type { AccountsPart, Transaction } from './part.ts'
import { endLogins } from './revocation-rows.ts'

/** Changes a refresh token for the next one; one that was used before ends its login. */
export async function rotateRefresh(
  part: AccountsPart,
  tx: Transaction,
  hash: string,
  next: RefreshSecret,
  at: number,
  expiresAt: number,
): Promise<Rotation> {
  const row = await tx.refreshToken.findUnique({ where: { hash } })
  if (row === null || row.expiresAt.getTime() <= at) return { kind: 'refused' }
  // Read by itself: it may have been deleted since the token was read, as not even an `include` would notice.
  const login = await tx.login.findUnique({
    where: { id: row.loginId, siteId: part.siteId, revokedAt: null },
  })
  if (login === null) return { kind: 'refused' }
  // Of two that come at once one is the first: the database counts.
  const used = await tx.refreshToken.updateMany({
    where: { id: row.id, usedAt: null },
    data: { usedAt: new Date(at) },
  })
  if (used.count === 0) return await reused(part, tx, login, at)
  return await renew(part, tx, login, next, at, expiresAt)
}

async function reused(part: AccountsPart, tx: Transaction, login: LoginRow, at: number): Promise<Rotation> {
  const { revocations } = await endLogins(part, tx, { id: login.id }, at)
  return { kind: 'reused', login: loginOf(login, login.expiresAt), revocations }
}

async function renew(
  part: AccountsPart,
  tx: Transaction,
  login: LoginRow,
  next: RefreshSecret,
  at: number,
  expiresAt: number,
): Promise<Rotation> {
  if (!(await holdAccount(part, tx, login.userId, null))) return { kind: 'refused' }
  const until = new Date(expiresAt)
  const extended = await tx.login.updateMany({
    where: { id: login.id, revokedAt: null },
    data: { expiresAt: until },
  })
  const account = await findAccount(part, tx, { id: login.userId })
  if (extended.count === 0 || account === null) return { kind: 'refused' }
  await tx.refreshToken.create({
    data: { ...next, loginId: login.id, createdAt: new Date(at), expiresAt: until },
  })
  return { kind: 'rotated', login: loginOf(login, until), account }
}

const loginOf = (row: LoginRow, expiresAt: Date): Login => ({
  id: row.id,
  userId: row.userId,
  kind: row.kind,
  startedAt: row.createdAt.getTime(),
  expiresAt: expiresAt.getTime(),
})
