import type { Ids } from '@parley/core'
import type { Prisma, PrismaClient } from '../../../generated/prisma/client.ts'

/** What the queries of accounts work with. */
export interface AccountsPart {
  readonly prisma: PrismaClient
  readonly siteId: string
  readonly ids: Ids
  /** No token lives longer: a revocation may be forgotten this long after it. Milliseconds. */
  readonly longestTokenMs: number
}

export type Transaction = Prisma.TransactionClient
