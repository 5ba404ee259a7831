import { timingSafeEqual } from 'node:crypto'
import type { Clock } from '@parley/core'
import type { Report } from '../../background/repeatedly.ts'
import { sharedFor } from '../../background/shared-for.ts'
import { hashOfSecret } from '../../secrets/make-secret.ts'
import type { ApiKeyStore } from './api-key-store.ts'

/** The key that the environment gives has no row. */
const ENVIRONMENT_KEY_ID = 'environment'

/** A key that another node has revoked may open this long. */
const STALE_MS = 2000
const USED_EVERY_MS = 60_000

export interface KeyRing {
  /** The id of the key, if it is one that is in force. */
  keyIdOf(apiKey: string): Promise<string | null>
  /** The keys have changed here: the next look reads them anew. */
  changed(): void
}

/** All keys by their hash, in memory for two seconds, so that a flood of wrong ones costs the database nothing. */
export function createKeyRing(options: {
  readonly store: ApiKeyStore
  readonly environmentKey: string | null
  readonly clock: Clock
  readonly report: Report
}): KeyRing {
  const { store, clock, report } = options
  const environmentHash = options.environmentKey === null ? null : hashOfSecret(options.environmentKey)
  const usedAt = new Map<string, number>()
  const ring = sharedFor(clock, STALE_MS, async () => {
    const keys = await store.keys()
    return new Map(keys.map(key => [key.hash, key.id]))
  })

  const noteUse = (keyId: string) => {
    const now = clock.now()
    if (now - (usedAt.get(keyId) ?? Number.NEGATIVE_INFINITY) < USED_EVERY_MS) return
    usedAt.set(keyId, now)
    store.keyUsed(keyId, now).catch(cause => report({ what: 'noting that an API key was used', cause }))
  }

  return {
    async keyIdOf(apiKey) {
      const hash = hashOfSecret(apiKey)
      if (environmentHash !== null && same(hash, environmentHash)) return ENVIRONMENT_KEY_ID
      const keyId = (await ring()).get(hash) ?? null
      if (keyId !== null) noteUse(keyId)
      return keyId
    },
    changed: () => ring.forget(),
  }
}

const same = (a: string, b: string) => timingSafeEqual(Buffer.from(a), Buffer.from(b))
