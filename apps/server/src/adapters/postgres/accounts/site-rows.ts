import { STRATEGIES } from '@parley/contracts'
import { z } from 'zod'
import type {
  FirstPerson,
  NewSite,
  SiteChanges,
  SiteStore,
  StoredSite,
} from '../../../features/site/index.ts'
import type { SiteModel } from '../../../generated/prisma/models.ts'
import { keepDeed } from './audit.ts'
import type { AccountsPart, Transaction } from './part.ts'

/** `sites.settings`. What is missing, or was written by a version that knew another value, has its default. */
const settings = z.object({
  strategy: z.enum(STRATEGIES).catch('least-busy'),
  accent: z.string().catch('#2f5fd0'),
  corner: z.enum(['right', 'left']).catch('right'),
})

export function createSiteStore(part: AccountsPart): SiteStore {
  const { prisma, siteId } = part
  return {
    async site() {
      const row = await prisma.site.findUnique({ where: { id: siteId } })
      return row && siteOf(row)
    },
    makeSite: (site, people) => prisma.$transaction(tx => makeSite(part, tx, site, people)),
    updateSite: (changes, deed) =>
      prisma.$transaction(async tx => {
        const site = await updateSite(part, tx, changes)
        await keepDeed(part, tx, deed)
        return site
      }),
    changeIdentitySecret: (identitySecret, deed) =>
      prisma.$transaction(async tx => {
        await tx.site.update({ where: { id: siteId }, data: { identitySecret } })
        await keepDeed(part, tx, deed)
      }),
  }
}

/** Of servers that start together one inserts the row; the others wait for it, and find it there. */
async function makeSite(
  part: AccountsPart,
  tx: Transaction,
  { strategy, madeAt, ...site }: NewSite,
  people: readonly FirstPerson[],
): Promise<boolean> {
  const row = { id: part.siteId, ...site, settings: { strategy }, createdAt: new Date(madeAt) }
  const made = await tx.site.createMany({ data: [row], skipDuplicates: true })
  if (made.count === 0) return false
  for (const person of people) await addPerson(part, tx, person)
  return true
}

async function addPerson(part: AccountsPart, tx: Transaction, person: FirstPerson): Promise<void> {
  const { siteId } = part
  const { name, ...user } = person
  await tx.user.create({ data: { siteId, ...user, realName: name } })
  if (person.role === 'operator') await tx.operator.create({ data: { siteId, userId: person.id, name } })
  await keepDeed(part, tx, {
    actor: { kind: 'system', id: null, actingFor: null },
    requestId: null,
    action: `${person.role}.created`,
    targetKind: person.role === 'operator' ? 'operator' : 'user',
    targetId: person.id,
    data: { username: person.username, why: 'first start' },
  })
}

async function updateSite(part: AccountsPart, tx: Transaction, changes: SiteChanges): Promise<StoredSite> {
  const { name, allowedOrigins, ...look } = changes
  // Merged by the database: the strategy in it is written by those who decide about sessions.
  await tx.$executeRaw`
    UPDATE sites SET settings = settings || ${JSON.stringify(look)}::jsonb WHERE id = ${part.siteId}`
  const row = await tx.site.update({
    where: { id: part.siteId },
    data: {
      ...(name !== undefined && { name }),
      ...(allowedOrigins && { allowedOrigins: [...allowedOrigins] }),
    },
  })
  return siteOf(row)
}

const siteOf = (row: SiteModel): StoredSite => ({
  id: row.id,
  name: row.name,
  identitySecret: row.identitySecret,
  allowedOrigins: row.allowedOrigins,
  madeAt: row.createdAt.getTime(),
  ...settings.parse(row.settings),
})
