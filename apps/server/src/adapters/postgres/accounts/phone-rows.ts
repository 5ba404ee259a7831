import type { Account } from '../../../features/auth/index.ts'
import type { Allowance, NewPhoneCode, PhoneStore } from '../../../features/phone/index.ts'
import { beginLogin } from './auth-rows.ts'
import type { AccountsPart, Transaction } from './part.ts'

/** The first keys of the advisory locks under which codes are counted; the second is the number or the address. */
const NUMBER_LOCK = 0x9a73
const ADDRESS_LOCK = 0x9a74
const WRONG_TRIES_MAX = 5

export function createPhoneStore(part: AccountsPart): PhoneStore {
  const { prisma, siteId } = part
  return {
    keepCode: (code, allowances) => prisma.$transaction(tx => keepCode(part, tx, code, allowances)),
    async handedOver({ id, phone, at }, how) {
      if (how === 'refused') await prisma.phoneCode.deleteMany({ where: { siteId, id } })
      if (how === 'unanswered')
        await prisma.phoneCode.updateMany({ where: { siteId, id }, data: { unanswered: true } })
      if (how === 'sent')
        await prisma.phoneCode.updateMany({
          where: { siteId, phone, createdAt: { lt: new Date(at) }, endedAt: null },
          data: { endedAt: new Date(at) },
        })
    },
    loginByCode: (given, begin) => prisma.$transaction(tx => loginByCode(part, tx, given, begin)),
    async forgetCodes(before) {
      await prisma.phoneCode.deleteMany({ where: { siteId, createdAt: { lt: new Date(before) } } })
    },
  }
}

type Call<K extends keyof PhoneStore> = Parameters<PhoneStore[K]>
type Answer<K extends keyof PhoneStore> = ReturnType<PhoneStore[K]>

/** Number before address, everywhere: nobody waits in a circle. */
const lock = (part: AccountsPart, tx: Transaction, kind: number, key: string) =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(${kind}::int, hashtext(${`${part.siteId} ${key}`}))`

async function keepCode(
  part: AccountsPart,
  tx: Transaction,
  ...[code, allowances]: Call<'keepCode'>
): Answer<'keepCode'> {
  const { id, phone, address, hash, at, expiresAt } = code
  await lock(part, tx, NUMBER_LOCK, phone)
  await lock(part, tx, ADDRESS_LOCK, address)
  let waitMs = 0
  for (const allowance of allowances) waitMs = Math.max(waitMs, await waitOf(part, tx, code, allowance))
  if (waitMs > 0) return waitMs
  const times = { createdAt: new Date(at), expiresAt: new Date(expiresAt) }
  await tx.phoneCode.create({ data: { id, siteId: part.siteId, phone, address, hash, ...times } })
  return 0
}

/** It is used up while the last but so many was sent within its time. */
async function waitOf(
  { siteId }: AccountsPart,
  tx: Transaction,
  code: NewPhoneCode,
  { of, count, withinMs, countsUnanswered }: Allowance,
): Promise<number> {
  const of_ = of === 'phone' ? { phone: code.phone } : { address: code.address }
  const last = await tx.phoneCode.findFirst({
    where: {
      siteId,
      ...of_,
      createdAt: { gt: new Date(code.at - withinMs) },
      ...(!countsUnanswered && { unanswered: false }),
    },
    orderBy: { createdAt: 'desc' },
    skip: count - 1,
    select: { createdAt: true },
  })
  return last === null ? 0 : last.createdAt.getTime() + withinMs - code.at
}

async function loginByCode(
  part: AccountsPart,
  tx: Transaction,
  ...[given, begin]: Call<'loginByCode'>
): Answer<'loginByCode'> {
  await lock(part, tx, NUMBER_LOCK, given.phone)
  if (!(await spendCode(part, tx, given))) return null
  const { id, role, isNew } = await accountOf(part, tx, given)
  const { login, deed } = begin({ id, role })
  const account = await beginLogin(part, tx, login, null, deed)
  return account && { account, login, isNew }
}

/** The codes of a number end together, by the right one or by five wrong tries. */
async function spendCode(
  { siteId }: AccountsPart,
  tx: Transaction,
  { phone, hash, at }: Call<'loginByCode'>[0],
): Promise<boolean> {
  const alive = {
    siteId,
    phone,
    endedAt: null,
    expiresAt: { gt: new Date(at) },
    wrongTries: { lt: WRONG_TRIES_MAX },
  }
  const right = await tx.phoneCode.count({ where: { ...alive, hash } })
  await tx.phoneCode.updateMany({
    where: alive,
    data: right > 0 ? { endedAt: new Date(at) } : { wrongTries: { increment: 1 } },
  })
  return right > 0
}

async function accountOf(
  { siteId }: AccountsPart,
  tx: Transaction,
  { phone, newAccount }: Call<'loginByCode'>[0],
): Promise<Pick<Account, 'id' | 'role'> & { readonly isNew: boolean }> {
  const made = await tx.user.createMany({
    data: [{ siteId, role: 'user', phone, ...newAccount }],
    skipDuplicates: true,
  })
  const where = { siteId_phone: { siteId, phone } }
  const found = await tx.user.findUniqueOrThrow({ where, select: { id: true, role: true } })
  return { ...found, isNew: made.count === 1 }
}
