import type { Account } from '../../../features/auth/index.ts'
import type { Prisma } from '../../../generated/prisma/client.ts'
import type { AccountsPart, Transaction } from './part.ts'

const columns = {
  id: true,
  role: true,
  username: true,
  passwordHash: true,
  mustChangePassword: true,
  realName: true,
  nickname: true,
  email: true,
  phone: true,
  avatar: true,
  isActive: true,
  lastSeenAt: true,
  createdAt: true,
  updatedAt: true,
  operator: { select: { name: true, avatar: true } },
} satisfies Prisma.UserSelect

type Row = Prisma.UserGetPayload<{ select: typeof columns }>

type Which = { readonly id: string } | { readonly username: string } | { readonly phone: string }

/** Null too for one who was erased. */
export async function findAccount(
  part: AccountsPart,
  tx: Transaction,
  which: Which,
): Promise<Account | null> {
  const row = await tx.user.findFirst({
    where: { siteId: part.siteId, erasedAt: null, ...which },
    select: columns,
  })
  return row && accountOf(row)
}

function accountOf({ operator, ...row }: Row): Account {
  return {
    ...row,
    avatar: operator?.avatar ?? row.avatar,
    operatorName: operator?.name ?? null,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

/**
 * Holds the account for this transaction, so that nothing about it changes under a login that begins. False if it is
 * not active, or its password is not (any more) the one that was looked at; null: none was.
 */
export async function holdAccount(
  part: AccountsPart,
  tx: Transaction,
  userId: string,
  passwordHash: string | null,
): Promise<boolean> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM users
    WHERE site_id = ${part.siteId} AND id = ${userId} AND is_active AND erased_at IS NULL
      AND (${passwordHash}::text IS NULL OR password_hash = ${passwordHash})
    FOR UPDATE`
  return held.length > 0
}
