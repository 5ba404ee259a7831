import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '../../generated/prisma/client.ts'
import { connectServer } from './connect-server.ts'
import type { Connected, Database, DatabaseOptions, DatabaseTarget } from './database.ts'
import { connectEmbedded } from './embedded/connect-embedded.ts'

export type { Database, DatabaseOptions, DatabaseTarget } from './database.ts'

/** Longer than Prisma's own 2 s and 5 s: on one connection a transaction waits for all that came before it. */
const transactionOptions = { maxWait: 15_000, timeout: 15_000 }

/** Opens the database, or throws a `DatabaseUnavailable` or `DataDirInUse` whose message says what to do. */
export async function openDatabase(target: DatabaseTarget, options: DatabaseOptions = {}): Promise<Database> {
  return 'url' in target
    ? withPrisma('postgres', await connectServer(target.url, options))
    : withPrisma('embedded', await connectEmbedded(target.dataDir, options))
}

function withPrisma(kind: Database['kind'], connected: Connected): Database {
  const prisma = new PrismaClient({ adapter: new PrismaPg(connected.pool), transactionOptions })
  let closed: Promise<void> | undefined
  const close = async () => {
    await prisma.$disconnect()
    await connected.close()
  }
  return { ...connected, kind, prisma, close: () => (closed ??= close()) }
}
