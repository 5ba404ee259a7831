import type { Store } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { timedStore } from './timed-store.ts'

/** With a private field, as the real ones have: it is there on the store itself alone. */
class OneSession {
  readonly siteId = 'default'
  readonly #id = 's1'
  openSessionOf(userId: string): Promise<string> {
    return userId === 'gone' ? Promise.reject(new Error('away')) : Promise.resolve(this.#id)
  }
}

describe('timedStore', () => {
  it('is the same store, with each call’s time told, also of one that failed', async () => {
    const told: string[] = []
    const store = timedStore(new OneSession() as unknown as Store, (method, ms) => {
      expect(ms).toBeGreaterThanOrEqual(0)
      told.push(method)
    })
    expect(store.siteId).toBe('default')
    expect(await store.openSessionOf('u')).toBe('s1')
    await expect(store.openSessionOf('gone')).rejects.toThrow('away')
    expect(told).toEqual(['openSessionOf', 'openSessionOf'])
  })
})
