import type { Prisma } from '../../../../generated/prisma/client.ts'

/** What a turn's writes need: its transaction, and the moment at which it decided. */
export interface TurnWriter {
  readonly tx: Prisma.TransactionClient
  readonly siteId: string
  readonly now: Date
  readonly newId: () => string
}
