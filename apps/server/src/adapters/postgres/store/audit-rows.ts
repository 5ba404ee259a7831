import type { TurnWrites } from '@parley/core'
import type { Prisma } from '../../../generated/prisma/client.ts'

type Audit = TurnWrites['audits'][number]

interface Desk {
  readonly tx: Prisma.TransactionClient
  readonly siteId: string
  readonly newId: () => string
}

/** Keeps deeds in the transaction that did them. */
export async function keepAudits(
  { tx, siteId, newId }: Desk,
  audits: readonly Audit[],
  at: Date,
): Promise<void> {
  if (audits.length === 0) return
  await tx.auditEvent.createMany({
    data: audits.map(({ actor, requestId, action, targetKind, targetId, data }) => ({
      id: newId(),
      siteId,
      actorKind: actor.kind,
      actorId: actor.kind === 'key' ? null : actor.id,
      apiKeyId: actor.kind === 'key' ? actor.id : null,
      actingForId: actor.actingFor,
      action,
      targetKind,
      targetId,
      data: data as Prisma.InputJsonObject,
      requestId,
      at,
    })),
  })
}
