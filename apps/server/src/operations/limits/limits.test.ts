import { Failure } from '@parley/contracts'
import type { Caller } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { createLimits } from './limits.ts'
import { MemoryRateCounter } from './memory-rate-counter.ts'

const person = (userId: string, loginId = userId): Caller => ({
  kind: 'person',
  userId,
  role: 'user',
  name: null,
  loginId,
})
const key: Caller = { kind: 'key', keyId: 'k' }
const anyone: Caller = { kind: 'anyone' }

function limitsOf(perMinute: number) {
  const clock = { now: 0 }
  const counter = new MemoryRateCounter(() => clock.now)
  const limits = createLimits({ rateLimitPerMinute: perMinute, sendLimitPerMinute: perMinute }, counter)
  const seconds = async (call: Promise<void>) => {
    const thrown: unknown = await call.then(
      () => null,
      error => error,
    )
    return thrown instanceof Failure ? thrown.params['seconds'] : thrown
  }
  return { clock, counter, limits, seconds }
}

describe('limits', () => {
  it('lets so many through in a minute, and says how long to wait', async () => {
    const { clock, limits, seconds } = limitsOf(2)
    const ask = () => seconds(limits.request(person('u'), 'a'))
    expect([await ask(), await ask(), await ask()]).toEqual([null, null, 60])
    clock.now = 45_500
    expect(await ask()).toBe(15)
    clock.now = 60_000
    expect([await ask(), await ask(), await ask()]).toEqual([null, null, 60])
  })

  it('counts a token for itself, whatever its address; those without one by their address', async () => {
    const { limits, seconds } = limitsOf(1)
    expect(await seconds(limits.request(person('u', 'l1'), 'a'))).toBeNull()
    expect(await seconds(limits.request(person('u', 'l2'), 'a'))).toBeNull()
    expect(await seconds(limits.request(person('u', 'l1'), 'b'))).toBe(60)
    expect(await seconds(limits.request(anyone, 'a'))).toBeNull()
    expect(await seconds(limits.request(anyone, 'a'))).toBe(60)
    expect(await seconds(limits.request(anyone, 'b'))).toBeNull()
  })

  it('gives keys ten times that', async () => {
    const { limits, seconds } = limitsOf(1)
    for (let n = 0; n < 10; n += 1) expect(await seconds(limits.request(key, 'a'))).toBeNull()
    expect(await seconds(limits.request(key, 'a'))).toBe(60)
  })

  it('counts what a person sends from all its devices', async () => {
    const { limits, seconds } = limitsOf(1)
    expect(await seconds(limits.send(person('u', 'l1'), 'a'))).toBeNull()
    expect(await seconds(limits.send(person('u', 'l2'), 'a'))).toBe(60)
  })

  it('counts several messages of one call, all or none of which go through', async () => {
    const { limits, seconds } = limitsOf(3)
    expect(await seconds(limits.send(person('u'), 'a', 2))).toBeNull()
    expect(await seconds(limits.send(person('u'), 'a', 2))).toBe(60)
  })

  it('is off with 0, and remembers nothing then', async () => {
    const { counter, limits, seconds } = limitsOf(0)
    for (let n = 0; n < 100; n += 1) expect(await seconds(limits.request(anyone, 'a'))).toBeNull()
    expect(counter.size).toBe(0)
  })

  it('forgets windows that are over', async () => {
    const { clock, counter, limits } = limitsOf(1)
    for (let n = 0; n < 1000; n += 1) await limits.request(anyone, `address-${n}`)
    expect(counter.size).toBe(1000)
    clock.now = 120_000
    await limits.request(anyone, 'late')
    expect(counter.size).toBe(1)
  })
})
