import { type Seeded, seed } from '../../../../../prisma/seed.ts'
import type { Database } from './connect.ts'
import { ASSIGNMENT_LOCK } from './store/turn/turn.ts'

/** Adds the sample data while nobody decides about sessions: open ones take room. */
export const seedSite = (
  { prisma }: Pick<Database, 'prisma'>,
  siteId: string,
  sample: { readonly now: number; readonly open: boolean },
): Promise<Seeded> =>
  prisma.$transaction(async tx => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ASSIGNMENT_LOCK}::int, hashtext(${siteId}))`
    return await seed(tx, { siteId, ...sample })
  })
