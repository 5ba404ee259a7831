import type { Ended, Revocation } from '../../../features/auth/index.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { AccountsPart, Transaction } from './part.ts'

type Subject = Revocation['subject']

/** Ends logins that have rows and may still be in use, and says that their tokens are dead. */
export async function endLogins(
  part: AccountsPart,
  tx: Transaction,
  which: Prisma.LoginWhereInput,
  at: number,
): Promise<Ended> {
  const open = { siteId: part.siteId, revokedAt: null, ...which }
  const logins = await tx.login.findMany({ where: open, select: { id: true } })
  const loginIds = logins.map(({ id }) => id)
  await tx.login.updateMany({ where: { id: { in: loginIds } }, data: { revokedAt: new Date(at) } })
  return { revocations: await revoke(part, tx, loginIds.map(loginSubject), at), loginIds }
}

/** Ends all logins of the person, those that have rows and those that have none. */
export async function bar(part: AccountsPart, tx: Transaction, userId: string, at: number): Promise<Ended> {
  const { revocations, loginIds } = await endLogins(part, tx, { userId }, at)
  return { revocations: [...revocations, ...(await revoke(part, tx, [userSubject(userId)], at))], loginIds }
}

export const loginSubject = (loginId: string): Subject => `login:${loginId}`
export const userSubject = (userId: string): Subject => `user:${userId}`

/** Kills the tokens of these: of a user those whose login began at or before `at`. */
export async function revoke(
  part: AccountsPart,
  tx: Transaction,
  subjects: readonly Subject[],
  at: number,
): Promise<Revocation[]> {
  const rows = subjects.map(subject => ({ subject, notBefore: at, expiresAt: at + part.longestTokenMs }))
  if (rows.length > 0) await write(part.siteId, tx, rows)
  return rows
}

async function write(siteId: string, tx: Transaction, rows: readonly Revocation[]): Promise<void> {
  const values = rows.map(
    row => Prisma.sql`(${siteId}, ${row.subject}, ${new Date(row.notBefore)}, ${new Date(row.expiresAt)})`,
  )
  await tx.$executeRaw`
    INSERT INTO token_revocations AS known (site_id, subject, not_before, expires_at)
    VALUES ${Prisma.join(values)}
    ON CONFLICT (site_id, subject) DO UPDATE
      SET not_before = greatest(known.not_before, excluded.not_before),
          expires_at = greatest(known.expires_at, excluded.expires_at)`
}

export async function revocationsSince(part: AccountsPart, since: number | null): Promise<Revocation[]> {
  const rows = await part.prisma.tokenRevocation.findMany({
    where: {
      siteId: part.siteId,
      expiresAt: { gt: new Date() },
      ...(since !== null && { notBefore: { gte: new Date(since) } }),
    },
  })
  return rows.map(row => ({
    subject: row.subject as Subject,
    notBefore: row.notBefore.getTime(),
    expiresAt: row.expiresAt.getTime(),
  }))
}
