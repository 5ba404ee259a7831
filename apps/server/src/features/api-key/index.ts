import { Failure } from '@parley/contracts'
import type { Clock, Ids } from '@parley/core'
import type { Handlers } from '../../operations/types.ts'
import { hashOfSecret, makeSecret } from '../../secrets/make-secret.ts'
import { deed } from '../audit/index.ts'
import type { ApiKeyStore } from './api-key-store.ts'
import type { KeyRing } from './key-ring.ts'

export type { ApiKeyStore } from './api-key-store.ts'
export { createKeyRing, type KeyRing } from './key-ring.ts'

const PREFIX = 'pk_'
/** Enough to know a key by; the 36 characters that stay unsaid are 216 random bits. */
const SHOWN = PREFIX.length + 7

export type ApiKeyHandlers = Pick<Handlers, 'api-key.list' | 'api-key.create' | 'api-key.revoke'>

export const apiKeyHandlers = (parts: {
  readonly store: ApiKeyStore
  readonly ring: KeyRing
  readonly clock: Clock
  readonly ids: Ids
}): ApiKeyHandlers => ({
  'api-key.list': async () => (await parts.store.keys()).map(({ hash: _, ...key }) => key),

  'api-key.create': async (context, { name }) => {
    const key = makeSecret(PREFIX)
    const row = { id: parts.ids.next(), name, prefix: key.slice(0, SHOWN), hash: hashOfSecret(key) }
    const made = await parts.store.createKey(
      row,
      deed(context, {
        action: 'key.created',
        targetKind: 'key',
        targetId: row.id,
        data: { name, prefix: row.prefix },
      }),
    )
    parts.ring.changed()
    return { ...made, key }
  },

  'api-key.revoke': async (context, { keyId }) => {
    const revoked = await parts.store.revokeKey(
      keyId,
      parts.clock.now(),
      deed(context, { action: 'key.revoked', targetKind: 'key', targetId: keyId }),
    )
    if (!revoked) throw new Failure('not_found')
    parts.ring.changed()
    return { revoked: true }
  },
})
