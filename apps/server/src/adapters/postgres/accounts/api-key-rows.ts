import type { ApiKey } from '@parley/contracts'
import type { ApiKeyStore } from '../../../features/api-key/index.ts'
import type { ApiKeyModel } from '../../../generated/prisma/models.ts'
import { keepDeed } from './audit.ts'
import type { AccountsPart } from './part.ts'

export function createApiKeyStore(part: AccountsPart): ApiKeyStore {
  const { prisma, siteId } = part
  const inForce = { siteId, revokedAt: null }
  return {
    async keys() {
      const rows = await prisma.apiKey.findMany({
        where: inForce,
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      })
      return rows.map(row => ({ ...keyOf(row), hash: row.hash }))
    },
    createKey: (key, deed) =>
      prisma.$transaction(async tx => {
        const createdById = deed.actor.kind === 'person' ? deed.actor.id : null
        const row = await tx.apiKey.create({ data: { ...key, siteId, createdById } })
        await keepDeed(part, tx, deed)
        return keyOf(row)
      }),
    revokeKey: (keyId, at, deed) =>
      prisma.$transaction(async tx => {
        const revoked = await tx.apiKey.updateMany({
          where: { ...inForce, id: keyId },
          data: { revokedAt: new Date(at) },
        })
        if (revoked.count === 0) return false
        await keepDeed(part, tx, deed)
        return true
      }),
    async keyUsed(keyId, at) {
      await prisma.apiKey.updateMany({ where: { siteId, id: keyId }, data: { lastUsedAt: new Date(at) } })
    },
  }
}

const keyOf = ({ id, name, prefix, createdAt, lastUsedAt }: ApiKeyModel): ApiKey => ({
  id,
  name,
  prefix,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
})
