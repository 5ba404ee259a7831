import { afterEach, describe, expect, it, vi } from 'vitest'
import { platform, uuid } from './environment.ts'
import { browserLocks } from './sync/locks.ts'

describe('uuid', () => {
  it('is a version 4, never the same', () => {
    const made = Array.from({ length: 100 }, uuid)
    for (const one of made)
      expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(new Set(made).size).toBe(100)
  })
})

describe('locks', () => {
  afterEach(() => vi.unstubAllGlobals())
  const browser = (request: (name: string, work: () => Promise<unknown>) => Promise<unknown>) =>
    vi.stubGlobal('navigator', { locks: { request } })

  it('are the browser’s', async () => {
    const names: string[] = []
    browser((name, work) => {
      names.push(name)
      return work()
    })
    expect(await browserLocks()?.('a', async () => 7)).toBe(7)
    expect(names).toEqual(['a'])
  })

  it('are done without where the browser has none, or refuses them', async () => {
    vi.stubGlobal('navigator', {})
    expect(browserLocks()).toBeNull()
    browser(() => Promise.reject(new DOMException('denied', 'SecurityError')))
    expect(await browserLocks()?.('a', async () => 7)).toBe(7)
  })

  it('do failing work once', async () => {
    let times = 0
    browser((_, work) => work())
    const failing = browserLocks()?.('a', () => {
      times += 1
      return Promise.reject(new Error('failed'))
    })
    await expect(failing).rejects.toThrow('failed')
    expect(times).toBe(1)
  })
})

describe('hints', () => {
  it('take an unknown network for a good one', () => {
    expect(platform().hints.online()).toBe(true)
  })
})
