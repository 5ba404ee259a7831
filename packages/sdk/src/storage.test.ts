import { afterEach, describe, expect, it, vi } from 'vitest'
import { createStorage, memoryStorage } from './storage.ts'
import type { KeyValue } from './types.ts'

const broken = (): KeyValue => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  return { get: refuse, set: refuse, remove: refuse, keys: refuse }
}

describe('storage', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('keeps under its own prefix, and lists without it', async () => {
    const given = memoryStorage()
    const storage = createStorage('parley', given)
    await createStorage('other', given).set('out/x', '0')
    await storage.set('out/a', '1')
    await storage.set('me', '2')
    expect(await given.keys('')).toEqual(['other/out/x', 'parley/out/a', 'parley/me'])
    expect(await storage.keys('out/')).toEqual(['out/a'])
    await storage.remove('out/a')
    expect(await storage.get('out/a')).toBeNull()
  })

  it.each([
    ['refuses everything', broken()],
    [
      'is full',
      { ...memoryStorage(), set: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) },
    ],
  ])('keeps in memory what a storage that %s does not take', async (_, given) => {
    const storage = createStorage('parley', given)
    await storage.set('out/a', '1')
    expect(await storage.get('out/a')).toBe('1')
    expect(await storage.keys('out/')).toEqual(['out/a'])
    await storage.remove('out/a')
    expect(await storage.get('out/a')).toBeNull()
    expect(await storage.keys('')).toEqual([])
  })

  it('takes the newer where the storage is back', async () => {
    const given = memoryStorage()
    let full = true
    const storage = createStorage('parley', {
      ...given,
      set(key, value) {
        if (full) throw new DOMException('full', 'QuotaExceededError')
        return given.set(key, value)
      },
    })
    await storage.set('a', 'old')
    full = false
    await storage.set('a', 'new')
    expect(await storage.get('a')).toBe('new')
  })

  it('does without localStorage where there is none', async () => {
    vi.stubGlobal('localStorage', undefined)
    const storage = createStorage('parley')
    await storage.set('a', '1')
    expect(await storage.get('a')).toBe('1')
  })
})
