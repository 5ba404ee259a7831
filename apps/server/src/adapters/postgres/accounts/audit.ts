import type { Deed } from '../../../features/audit/index.ts'
import type { AccountsPart, Transaction } from './part.ts'

/** Keeps the deed in the transaction that did it. */
export async function keepDeed(part: AccountsPart, tx: Transaction, deed: Deed): Promise<void> {
  const { actor, requestId, action, targetKind, targetId, data } = deed
  await tx.auditEvent.create({
    data: {
      id: part.ids.next(),
      siteId: part.siteId,
      actorKind: actor.kind,
      actorId: actor.kind === 'key' ? null : actor.id,
      apiKeyId: actor.kind === 'key' ? actor.id : null,
      actingForId: actor.actingFor,
      action,
      targetKind,
      targetId,
      data: { ...data },
      requestId,
    },
  })
}
